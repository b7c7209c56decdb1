import Checks
import HashRing

/// What clients were given and what was taken from them, as the leases' own shards have it. Their homes hear of it later, and
/// never of more (I4).
struct ClientBook {
    private struct Account {
        var grants = 0
        var endings = 0
        var results = 0
    }

    private var accounts: [ClientID: Account] = [:]

    /// `wasGranted`: whether a lease was granted before this entry.
    mutating func take(_ entry: AppliedEntry, wasGranted: (LeaseID) -> Bool) {
        switch (entry.command, entry.outcome) {
        case (.grant(let order), .granted) where !wasGranted(order.lease):
            accounts[order.client, default: Account()].grants += 1
        case (.report(_, let client, _, _, _), .reported(let receipt)):
            accounts[client, default: Account()].results += receipt.accepted
        default: break
        }
        for case .leaseEnded(let client, _, _, _, _, _) in entry.emitted {
            accounts[client, default: Account()].endings += 1
        }
    }

    /// Where the client's home, by `record`, knows of more than there was; with `isSettled` of anything else than that.
    func differences(_ record: ClientRecord, held: Int, isSettled: Bool) -> [String] {
        var found: [String] = []
        let known = accounts[record.id] ?? Account()
        let said = record.statistics
        let results = said.usersByVerdict.reduce(0) { $0 + $1.count }
        for (what, home, own) in [
            ("leases", said.bucketsAssigned, known.grants),
            ("ended leases", said.bucketsDone + said.bucketsReleased, known.endings),
            ("results", results, known.results),
        ] where home > own || isSettled && home != own {
            found.append("I4: client \(record.id) has \(own) \(what), and its home counts \(home)")
        }
        if said.bucketsHeld < 0 || isSettled && said.bucketsHeld != held {
            found.append("I4: client \(record.id) holds \(held) leases, and its home counts \(said.bucketsHeld)")
        }
        return found
    }
}
