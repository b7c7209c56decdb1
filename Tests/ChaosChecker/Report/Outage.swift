/// A stretch in which one node, or one shard, acknowledged nothing to those who asked it.
package struct Outage: Sendable {
    /// Of what.
    package var of: String
    package var seconds: Double

    /// The longest of the stretches that begin with a write that failed and end with the next one that was acknowledged, or with the
    /// last that failed.
    ///
    /// - Parameter subject: of what a call tells something, if of anything.
    static func longest(_ calls: [Call], by subject: (Call) -> String?) -> Outage? {
        let writes = calls.filter(\.isWrite)
        let outages = Dictionary(grouping: writes, by: { subject($0) ?? "" }).compactMap { name, calls -> Outage? in
            let seconds = longest(calls)
            return name.isEmpty || seconds == 0 ? nil : Outage(of: name, seconds: seconds)
        }
        return outages.max { ($0.seconds, $1.of) < ($1.seconds, $0.of) }
    }

    private static func longest(_ calls: [Call]) -> Double {
        var longest = 0.0
        var began: Double?
        for call in calls.sorted(by: { $0.end < $1.end }) {
            if call.hasFailed {
                began = began ?? call.start
                longest = max(longest, call.end - (began ?? call.start))
            } else if call.outcome == .done, let start = began {
                longest = max(longest, call.end - start)
                began = nil
            }
        }
        return longest
    }
}

extension Call {
    /// The shard that holds its lease: the first two bytes of a lease's 18, in base64. Clients need not know that; it is only for
    /// reports.
    package var shard: String? {
        guard let lease, lease.count == 24 else { return nil }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        var bits = 0
        for character in lease.prefix(3) {
            guard let digit = alphabet.firstIndex(of: character) else { return nil }
            bits = bits << 6 | digit
        }
        return String(bits >> 2)
    }
}
