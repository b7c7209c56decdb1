import Checks

/// What one node believes the time is: right, or ahead, or behind, and slowly getting worse.
struct WallClock {
    /// The true time when a simulation begins: 2026-01-01.
    private static let origin: Int64 = 1_767_225_600_000

    /// How far it is ahead of the true time.
    var aheadMilliseconds: Int64 = 0
    /// By how many millionths it runs too fast, and since when.
    private var driftMillionths: Int64 = 0
    private var driftsSince = Duration.zero

    /// What it shows when so much time has truly passed since the beginning.
    func reading(after time: Duration) -> Timestamp {
        Timestamp(milliseconds: Self.origin + Self.microseconds(time) / 1000 + drifted(by: time) + aheadMilliseconds)
    }

    /// Whether it shows what is so.
    var isRight: Bool { aheadMilliseconds == 0 && driftMillionths == 0 }

    /// From `time` on it runs too fast by so much; what it has gained so far stays.
    mutating func setDrift(millionths: Int64, at time: Duration) {
        aheadMilliseconds += drifted(by: time)
        driftMillionths = millionths
        driftsSince = time
    }

    private func drifted(by time: Duration) -> Int64 {
        Self.microseconds(time - driftsSince) / 1000 * driftMillionths / 1_000_000
    }

    private static func microseconds(_ span: Duration) -> Int64 {
        let (seconds, attoseconds) = span.components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
