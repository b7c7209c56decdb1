/// I7: a re-run adds; what was valid stays in the history, each with its time.
enum Overwriting {
    static func check(_ final: FinalState) -> [Violation] {
        var found: [Violation] = []
        for (name, user) in final.users.sorted(by: { $0.key < $1.key }) where !user.verdicts.isEmpty {
            let current = user.verdicts.filter { $0.validTo == nil }
            if current.count != 1 { found.append(Violation(.i7, "\(name) has \(current.count) current verdicts")) }
            let ordered = user.verdicts.sorted { $0.validFrom < $1.validFrom }
            for (earlier, later) in zip(ordered, ordered.dropFirst())
            where (earlier.validTo ?? .infinity) > later.validFrom {
                found.append(
                    Violation(
                        .i7,
                        "\(name): \(earlier.verdict) is valid beyond \(stamp(later.validFrom)), when \(later.verdict) began"
                    ))
            }
        }
        return found
    }
}
