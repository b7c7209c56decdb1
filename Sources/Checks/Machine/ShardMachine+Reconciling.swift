import HashRing
import ShardStore

/// Shards of a backup: each whole, but as of its own moment, some seconds apart from the others. What one of them tells of
/// another may lie before or after what the other one knows.
extension ShardMachine {
    /// Makes the file another cluster's. Durable with the next ``checkpoint()``.
    package func adopt(by cluster: String) throws { try file.adopt(by: cluster) }

    /// Looks at every page of the file. O(size of the file).
    package func checkFile() throws(StoreError) { try file.check() }

    /// Has the channels and slots of all shards of a backup agree, in order of the shards. Each must be open, and none used by
    /// anything else. Commits.
    ///
    /// - A channel goes on behind the last event that either side knows. Events between the two moments are lost where the
    ///   target is the older one; they carry figures of clients, and the ends of leases.
    /// - So a slot is closed whose lease has ended, or was never granted, as far as the lease's own shard knows: otherwise it
    ///   would count against its client's cap for ever.
    package static func reconcile(_ machines: [ShardID: ShardMachine]) throws {
        for home in machines.keys.sorted() {
            guard let machine = machines[home] else { continue }
            try machine.closeSlots(by: machines)
        }
        for source in machines.keys.sorted() {
            for target in machines.keys.sorted() {
                guard let from = machines[source], let to = machines[target] else { continue }
                try from.file.openTransaction()
                try from.channels.skip(to: to.channels.taken(source), toward: target)
                to.channels.take(source, through: from.channels.sent(to: target).delivered)
            }
        }
        for shard in machines.keys.sorted() {
            guard let machine = machines[shard] else { continue }
            try machine.file.openTransaction()
            try machine.commit()
        }
    }

    private func closeSlots(by machines: [ShardID: ShardMachine]) throws {
        try file.openTransaction()
        context.begin(stamp: context.now, draw: Draw(rawValue: 0))
        for slot in home.slots.living {
            guard let keeper = machines[slot.lease.shard] else { continue }
            let lease = try keeper.users.leases.find(slot.lease)
            // An ask that was never counted is settled by the shard's next leader.
            guard lease?.state != .live, lease != nil || slot.isCounted else { continue }
            let ending: OutboxEvent.Ending = lease?.state == .done ? .done : .released
            try home.take(
                .leaseEnded(
                    client: slot.client, slot: slot.id, lease: slot.lease, ending: ending,
                    users: lease?.users ?? slot.allowance, at: context.now))
        }
    }
}
