import Checks
import Consensus
import Coordinator
import HashRing

/// Watches everything that shards apply, in committed order, and keeps its own books: what must always be true is
/// checked against them with every entry, whichever replica applies it first.
package final class Auditor {
    private struct HeldUser: Hashable {
        let service: ServiceName
        let name: ScreenName
    }

    /// What one place in a shard's log came to.
    private struct Place {
        var entry: CommittedEntry
        var outcome: Outcome?
        /// Who applied it first.
        var node: String
    }

    package let findings: Findings
    /// Leases that were granted, in all.
    package private(set) var grants = 0
    /// Entries that were applied, in all.
    package private(set) var entries = 0

    private var live: [LeaseID: [HeldUser]] = [:]
    private var ended: Set<LeaseID> = []
    private var holder: [HeldUser: LeaseID] = [:]
    /// Every shard's log from its beginning.
    private var logs: [ShardID: [Place]] = [:]

    package init(_ findings: Findings) { self.findings = findings }

    /// From now on it sees everything.
    package func watch(_ cluster: SimulatedCluster) {
        cluster.onApply = { [unowned self] shard, node, entry, batch in
            take(shard, entry, batch, at: node.identity.name)
        }
    }

    /// Every entry of the shard so far.
    func log(of shard: ShardID) -> [CommittedEntry] { (logs[shard] ?? []).map(\.entry) }

    /// One entry was applied by a replica: as the first of all, or after others, or again after a crash.
    func take(_ shard: ShardID, _ entry: CommittedEntry, _ batch: AppliedBatch, at node: String) {
        let index = Int(entry.index.rawValue)
        let outcome = batch.outcomes.first?.outcome
        let known = logs[shard]?.count ?? 0
        if index <= known { return compare(Place(entry: entry, outcome: outcome, node: node), at: index, of: shard) }
        guard index == known + 1 else {
            return findings.report(
                "shard \(shard): \(node) applies entry \(index), and nobody has applied \(known + 1)")
        }
        logs[shard, default: []].append(Place(entry: entry, outcome: outcome, node: node))
        entries += 1
        if let outcome, let bytes = entry.command, let command = try? CommandEnvelope(encoded: bytes).command {
            take(command, outcome)
        }
        for emitted in batch.emitted {
            if case .leaseEnded(_, _, let lease, _, _, _) = emitted.event { end(lease) }
        }
    }

    /// I8: an entry is the same wherever it is applied, and comes to the same.
    private func compare(_ place: Place, at index: Int, of shard: ShardID) {
        guard let first = logs[shard]?[index - 1] else { return }
        if first.entry.term != place.entry.term || first.entry.command != place.entry.command {
            findings.report("I8: entry \(index) of shard \(shard) is one at \(first.node), another at \(place.node)")
        } else if first.outcome != place.outcome {
            findings.report(
                "I8: entry \(index) of shard \(shard) came to \(String(describing: first.outcome)) at \(first.node), "
                    + "to \(String(describing: place.outcome)) at \(place.node)")
        }
    }

    private func take(_ command: Command, _ outcome: Outcome) {
        switch (command, outcome) {
        case (.grant, .granted(let lease)): grant(lease)
        case (.report(let lease, _, _, let rows, _), .reported(let receipt)):
            // What was reported is not leased any more, though its lease lives on.
            let refused = Set(receipt.rejected.map(\.row))
            for (position, row) in rows.enumerated() where !refused.contains(position) {
                free(row.screenName, of: lease)
            }
        case (.deleteUser(let name), .done):
            for lease in live.keys { free(name, of: lease) }
        default: break
        }
    }

    private func free(_ name: ScreenName, of lease: LeaseID) {
        for user in live[lease] ?? [] where user.name == name && holder[user] == lease { holder[user] = nil }
    }

    /// I1: none of its users is in another live lease of the service.
    private func grant(_ lease: LeaseRecord) {
        guard live[lease.id] == nil, !ended.contains(lease.id) else { return }
        grants += 1
        let users = lease.users.map { HeldUser(service: lease.service, name: $0.screenName) }
        for user in users {
            if let other = holder[user] {
                findings.report("I1: \(user.name) is leased as \(lease.id) while \(other) lives")
            }
            holder[user] = lease.id
        }
        live[lease.id] = users
    }

    private func end(_ lease: LeaseID) {
        ended.insert(lease)
        for user in live.removeValue(forKey: lease) ?? [] where holder[user] == lease { holder[user] = nil }
    }

    /// Live leases by the books.
    package var liveLeases: Int { live.count }
}
