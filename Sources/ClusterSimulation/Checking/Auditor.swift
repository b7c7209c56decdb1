import Checks
import Consensus
import Coordinator
import HashRing

/// Watches everything that shards apply, in committed order, and keeps its own books: what must always be true is
/// checked against them with every entry.
package final class Auditor {
    private struct HeldUser: Hashable {
        let service: ServiceName
        let name: ScreenName
    }

    /// What went wrong, in the words of the invariants; the first few.
    package private(set) var violations: [String] = []
    /// Leases that were granted, in all.
    package private(set) var grants = 0
    /// Entries that were applied, in all.
    package private(set) var entries = 0

    private var live: [LeaseID: [HeldUser]] = [:]
    private var ended: Set<LeaseID> = []
    private var holder: [HeldUser: LeaseID] = [:]
    private var outcomes: [ShardID: [UInt64: Outcome]] = [:]
    private var audited: [ShardID: UInt64] = [:]

    package init() {}

    package func report(_ violation: String) {
        if violations.count < 20 { violations.append(violation) }
    }

    /// One entry was applied: for the first time, or again after a crash.
    package func take(_ shard: ShardID, _ entry: CommittedEntry, _ batch: AppliedBatch) {
        let index = entry.index.rawValue
        let outcome = batch.outcomes.first?.outcome
        if index <= audited[shard] ?? 0 {
            if let outcome, let before = outcomes[shard]?[index], before != outcome {
                report("I8: entry \(index) of shard \(shard) came to \(before), and when applied again to \(outcome)")
            }
            return
        }
        audited[shard] = index
        entries += 1
        if let outcome {
            outcomes[shard, default: [:]][index] = outcome
            if let bytes = entry.command, let command = try? CommandEnvelope(encoded: bytes).command {
                take(command, outcome)
            }
        }
        for emitted in batch.emitted {
            if case .leaseEnded(_, _, let lease, _, _, _) = emitted.event { end(lease) }
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
            if let other = holder[user] { report("I1: \(user.name) is leased as \(lease.id) while \(other) lives") }
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
