import CheckClient
import Foundation

/// How values read in tables.
package enum Wording {
    package static func time(_ moment: Date) -> String { JSONCoding.text(moment) }

    /// A duration in its two largest units.
    package static func duration(seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        let parts = [(whole / 86400, "d"), (whole / 3600 % 24, "h"), (whole / 60 % 60, "min"), (whole % 60, "s")]
        guard let first = parts.firstIndex(where: { $0.0 > 0 }) else { return "0 s" }
        return parts[first...].prefix(2).filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }

    /// A number without a fraction where it has none, else with at most two digits of it.
    package static func number(_ value: Double) -> String {
        let rounded = (value * 100).rounded() / 100
        return rounded == rounded.rounded() && abs(rounded) < 1e15 ? String(Int(rounded)) : String(rounded)
    }

    /// Names and counts, the largest first.
    package static func tally(_ counts: [String: Int]) -> String {
        counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key) \($0.value)" }
            .joined(separator: ", ")
    }
}
