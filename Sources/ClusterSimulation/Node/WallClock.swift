import Checks

/// What one node believes the time is: right, or ahead, or behind, and slowly getting worse.
struct WallClock {
    /// The true time when a simulation begins: 2026-01-01.
    private static let origin: Int64 = 1_767_225_600_000

    /// How far it is ahead of the true time.
    var aheadMilliseconds: Int64 = 0
    /// By how many millionths it runs too fast.
    var driftMillionths: Int64 = 0

    /// What it shows when so much time has truly passed since the beginning.
    func reading(after time: Duration) -> Timestamp {
        let (seconds, attoseconds) = time.components
        let microseconds = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
        let drift = microseconds / 1_000_000 * driftMillionths
        return Timestamp(milliseconds: Self.origin + (microseconds + drift) / 1000 + aheadMilliseconds)
    }
}
