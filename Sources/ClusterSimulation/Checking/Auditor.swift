import Checks
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
    private var outcomes: [ShardID: [UInt64: Int]] = [:]
    private var audited: [ShardID: UInt64] = [:]

    package init() {}

    package func report(_ violation: String) {
        if violations.count < 20 { violations.append(violation) }
    }

    /// One entry was applied: for the first time, or again after a crash.
    package func take(_ shard: ShardID, _ index: UInt64, _ batch: AppliedBatch) {
        let outcome = batch.outcomes.first?.outcome
        if index <= audited[shard] ?? 0 {
            if let outcome, let before = outcomes[shard]?[index], before != outcome.hashValue {
                report(
                    "I8: entry \(index) of shard \(shard) came to something else when it was applied again: \(outcome)")
            }
            return
        }
        audited[shard] = index
        entries += 1
        if let outcome {
            outcomes[shard, default: [:]][index] = outcome.hashValue
            if case .granted(let lease) = outcome { grant(lease) }
        }
        for emitted in batch.emitted {
            if case .leaseEnded(_, _, let lease, _, _, _) = emitted.event { end(lease) }
        }
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
