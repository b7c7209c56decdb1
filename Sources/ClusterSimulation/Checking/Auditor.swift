import Checks
import Consensus
import Coordinator
import HashRing

/// Watches everything that shards apply, in committed order, and keeps its own books: what must always be true is
/// checked against them with every entry, whichever replica applies it first.
package final class Auditor {
    /// What one place in a shard's log came to.
    private struct Place {
        var entry: CommittedEntry
        var outcome: Outcome?
        /// Who applied it first.
        var node: String
    }

    /// How far ahead of the true time an entry may be stamped: twice what two trusted clocks may differ (500 ms), and what
    /// drifts before it is noticed.
    private static let stampTolerance: Int64 = 2_000

    package let findings: Findings
    /// Entries that were applied, in all.
    package private(set) var entries = 0

    private var leases: LeaseBook
    private var slots: SlotBook
    private var clients = ClientBook()
    private var users: UserBook
    private var replicas: ReplicaBook
    /// Every shard's log from its beginning, and its time.
    private var logs: [ShardID: [Place]] = [:]
    private var times: [ShardID: Timestamp] = [:]

    package init(_ findings: Findings) {
        self.findings = findings
        leases = LeaseBook(findings)
        slots = SlotBook(findings)
        users = UserBook(findings)
        replicas = ReplicaBook(findings)
    }

    /// From now on it sees everything.
    package func watch(_ cluster: SimulatedCluster) {
        cluster.onApply = { [unowned self, unowned cluster] shard, node, entry, batch in
            take(shard, entry, batch, at: node.identity.name, cluster.time)
        }
        let others = cluster.onEffect
        cluster.onEffect = { [unowned self] effect, node in
            others(effect, node)
            replicas.take(effect, of: node)
        }
    }

    /// Every entry of the shard so far.
    func log(of shard: ShardID) -> [CommittedEntry] { (logs[shard] ?? []).map(\.entry) }

    /// One entry was applied by a replica: as the first of all, or after others, or again after a crash.
    func take(_ shard: ShardID, _ entry: CommittedEntry, _ batch: AppliedBatch, at node: String, _ now: Duration) {
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
        replicas.note(entry.index, of: shard, at: now)
        guard let outcome, let bytes = entry.command, let envelope = try? CommandEnvelope(encoded: bytes) else {
            return
        }
        let trueTime = WallClock().reading(after: now)
        checkStamp(envelope.stamp, trueTime, entry.index, of: shard)
        let time = max(times[shard] ?? envelope.stamp, envelope.stamp)
        times[shard] = time
        enter(
            AppliedEntry(
                shard: shard, command: envelope.command, outcome: outcome, emitted: batch.emitted.map(\.event),
                time: time,
                trueTime: trueTime))
    }

    private func enter(_ entry: AppliedEntry) {
        slots.take(entry, wasGranted: leases.wasGranted)
        clients.take(entry, wasGranted: leases.wasGranted)
        users.take(entry)
        leases.take(entry)
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

    /// A node whose clock is wrong stamps nothing: every deadline after a stamp that is ahead would be held up (I6).
    private func checkStamp(_ stamp: Timestamp, _ trueTime: Timestamp, _ index: LogIndex, of shard: ShardID) {
        let ahead = stamp.milliseconds - trueTime.milliseconds
        if ahead > Self.stampTolerance {
            findings.report("I6: entry \(index) of shard \(shard) is stamped \(ahead) ms ahead of the time")
        }
    }

    // MARK: What the books say

    /// Leases that were granted, in all.
    package var grants: Int { leases.grants }

    /// Live leases by the books.
    package var liveLeases: Int { leases.live.count }

    /// Compares a client's record with the books. `isSettled`: its home has had the time to hear of everything.
    func differences(_ client: ClientRecord, isSettled: Bool) -> [String] {
        clients.differences(client, held: leases.held(by: client.id), isSettled: isSettled)
    }
}
