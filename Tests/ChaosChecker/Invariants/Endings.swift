/// I6: every marked task ends done or failed.
enum Endings {
    /// At least this share of the tasks is done, not failed: where volunteers find nothing else to do most are, whatever the faults.
    private static let doneShare = 0.5

    static func check(_ final: FinalState) -> [Violation] {
        var found = final.users.sorted { $0.key < $1.key }.filter { !["done", "failed"].contains($0.value.state) }.map {
            Violation(.i6, "\($0.key) is \($0.value.state)")
        }
        if final.waiting != 0 { found.append(Violation(.i6, "the counts say that \(final.waiting) tasks still wait")) }
        let failed = final.users.values.count { $0.state == "failed" }
        if Double(failed) > (1 - doneShare) * Double(final.users.count) {
            found.append(Violation(.i6, "\(failed) of \(final.users.count) tasks failed"))
        }
        return found
    }
}
