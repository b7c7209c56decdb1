import Checks
import HashRing

/// When the leases of one shard pass their deadlines, by both clocks.
///
/// A lease is only taken from its holder when the wall clock says so *and* the time it had left when this leader learnt
/// of it (granted by it), or at the last stamp before it took office (granted before), has passed on the monotonic
/// clock: a clock that is set forward shortens nothing. Built from what this leader saw applied; what it did not see it
/// looks up at the homes (``LeaseSearch``).
struct LeaseClock: Sendable {
    struct Live: Hashable, Sendable {
        var deadline: Timestamp
        /// When the deadline is reached on the monotonic clock, at the earliest.
        var ripe: Duration
        var graceSeconds: Int
        var isDead = false
        /// Times that it was to be ended and was not.
        var failures = 0
    }

    /// Which leases are due, and for what.
    struct Due: Sendable {
        var lapsed: [LeaseDeadline] = []
        var released: [LeaseDeadline] = []
    }

    private(set) var live: [LeaseID: Live] = [:]
    private var queue = DeadlineQueue<LeaseID>()
    /// The time for which a timer is set.
    var timer: Duration?
    /// There may be leases from before this leader's office.
    var isIncomplete = false

    var next: Duration? { queue.next }

    mutating func note(_ lease: LeaseID, _ entry: Live, now: Moment) {
        live[lease] = entry
        queue.add(lease, due: due(entry, now: now))
    }

    mutating func noteRenewal(_ lease: LeaseID, deadline: Timestamp, now: Moment) {
        guard var entry = live[lease] else { return }
        entry.deadline = deadline
        entry.ripe = now.monotonic + now.wall.duration(to: deadline)
        entry.isDead = false
        entry.failures = 0
        live[lease] = entry
        queue.add(lease, due: due(entry, now: now))
    }

    mutating func noteDead(_ lease: LeaseID, now: Moment) {
        guard var entry = live[lease], !entry.isDead else { return }
        entry.isDead = true
        entry.failures = 0
        live[lease] = entry
        queue.add(lease, due: due(entry, now: now))
    }

    mutating func noteEnded(_ lease: LeaseID) { live[lease] = nil }

    /// When the lease is next looked at: its deadline, or once it is dead the end of its grace period.
    private func due(_ entry: Live, now: Moment) -> Duration {
        let grace = entry.isDead ? Duration.seconds(entry.graceSeconds) : .zero
        let byWall = now.monotonic + now.wall.duration(to: entry.deadline) + grace
        return max(entry.ripe + grace, byWall)
    }

    /// Takes the leases that are due; each is looked at again a little later unless it has ended by then.
    mutating func takeDue(now: Moment) -> Due {
        var found = Due()
        while found.lapsed.count + found.released.count < Limits.leasesPerExpiry,
            let lease = queue.takeDue(at: now.monotonic)
        {
            guard var entry = live[lease] else { continue }
            let when = due(entry, now: now)
            guard when <= now.monotonic else {
                queue.add(lease, due: when)
                continue
            }
            guard entry.failures < 3 else {
                live[lease] = nil
                isIncomplete = true
                continue
            }
            let deadline = LeaseDeadline(lease: lease, deadline: entry.deadline)
            if !entry.isDead { found.lapsed.append(deadline) }
            let isOver =
                now.wall >= entry.deadline.adding(seconds: entry.graceSeconds)
                && now.monotonic >= entry.ripe + .seconds(entry.graceSeconds)
            if isOver { found.released.append(deadline) }
            entry.failures += 1
            live[lease] = entry
            queue.add(lease, due: now.monotonic + Limits.expiryRetry)
        }
        return found
    }
}

extension Timestamp {
    /// How long it is from here to `other`; negative when `other` is earlier.
    func duration(to other: Timestamp) -> Duration { .milliseconds(other.milliseconds - milliseconds) }
}
