/// What a simulated member runs on: a clock that drifts, and what may be wrong with it.
struct SimulatedMachine {
    enum Condition: Equatable {
        case running
        case paused
        case crashed
    }

    var condition = Condition.running
    /// Counts restarts, so that what was meant for an earlier life is not delivered.
    var life = 0
    /// When the queue will wake it; the maximum for never.
    var wakeAt = Int64.max
    /// Added to everything that it sends and receives, in nanoseconds.
    var slowness: Int64 = 0
    /// What its clock showed in the beginning, in nanoseconds.
    let origin: Int64
    /// By how many millionths its clock runs fast.
    let drift: Int64

    init(origin: Int64, drift: Int64) {
        self.origin = origin
        self.drift = drift
    }

    func local(_ time: Int64) -> Duration {
        .nanoseconds(origin + time + time / 1_000_000 * drift)
    }

    /// When its clock will show `local`, not before.
    func global(_ local: Duration) -> Int64 {
        let (seconds, attoseconds) = local.components
        let elapsed = seconds * 1_000_000_000 + attoseconds / 1_000_000_000 - origin
        return elapsed / (1_000_000 + drift) * 1_000_000 + elapsed % (1_000_000 + drift) + 1
    }
}
