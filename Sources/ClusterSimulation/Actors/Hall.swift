import Checks
import HashRing

/// Where volunteers overhear each other: the leases that were granted last, whoever holds them, and what they are up to.
final class Hall {
    struct Lease {
        var id: LeaseID
        var client: ClientID
        var users: [ScreenName]
    }

    /// What all of them do at once.
    var misconduct: Misconduct?
    /// The node that one client asks as fast as it can.
    var flooded: SimulatedNode?
    private(set) var leases: [Lease] = []

    func add(_ lease: Lease) {
        leases.append(lease)
        if leases.count > 30 { leases.removeFirst() }
    }
}
