import Membership

/// A member in a simulated cluster: the protocol, a clock that drifts, and what may be wrong with it.
struct SimulatedMember {
    enum Condition: Equatable {
        case running
        case paused
        case crashed
    }

    enum Arrival {
        case datagram(Datagram, from: PeerAddress)
        case pushPull(PushPull)
    }

    var membership: Membership
    var condition = Condition.running
    /// Counts restarts, so that what was meant for an earlier life is not delivered.
    var life = 0
    /// When the queue will wake it; the maximum for never.
    var wakeAt = Int64.max
    /// What waits in its socket while it is paused.
    var socket: [Arrival] = []
    /// Added to everything that it receives.
    var slowness: Int64 = 0
    /// Its clock: where it began, and by how many millionths it runs fast.
    var origin: Int64 = 0
    var drift: Int64 = 0

    /// Arrivals kept while paused: the default socket buffer (212,992 bytes) filled with the smallest datagrams.
    static let socketCapacity = 256

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
