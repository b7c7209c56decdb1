/// What went wrong in a run, in the words of the invariants; the first few.
package final class Findings {
    /// In the order in which it was found.
    package private(set) var list: [String] = []

    package init() {}

    package var isEmpty: Bool { list.isEmpty }

    package func report(_ finding: String) {
        if list.count < 20 { list.append(finding) }
    }
}
