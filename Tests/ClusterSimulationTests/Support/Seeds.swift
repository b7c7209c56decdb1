import Foundation

/// Which seeds a scenario is run with.
enum Seeds {
    /// `count` seeds from `first` on; `DMCHECK_SEEDS` says how many instead, and `DMCHECK_FIRST_SEED` from where.
    static func some(_ count: Int, from first: UInt64) -> ClosedRange<UInt64> {
        let first = number("DMCHECK_FIRST_SEED") ?? first
        let count = number("DMCHECK_SEEDS") ?? UInt64(count)
        return first...first + max(1, count) - 1
    }

    private static func number(_ variable: String) -> UInt64? {
        // Half of all numbers: what is added to them does not run over.
        ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }.map { min($0, UInt64.max / 4) }
    }
}
