import Checks
import HashRing

/// Where volunteers overhear each other: the leases that were granted last, whoever holds them.
final class Hall {
    struct Lease {
        var id: LeaseID
        var client: ClientID
        var users: [ScreenName]
    }

    private(set) var leases: [Lease] = []

    func add(_ lease: Lease) {
        leases.append(lease)
        if leases.count > 30 { leases.removeFirst() }
    }
}
