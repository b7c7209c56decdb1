/// I6: every marked task ends done or failed.
enum Endings {
    static func check(_ final: FinalState) -> [Violation] {
        var found = final.users.sorted { $0.key < $1.key }.filter { !["done", "failed"].contains($0.value.state) }.map {
            Violation(.i6, "\($0.key) is \($0.value.state)")
        }
        if final.waiting != 0 { found.append(Violation(.i6, "the counts say that \(final.waiting) tasks still wait")) }
        return found
    }
}
