import Checks
import HashRing

/// Grants that their homes are to be told of, a little later and together: a granted ask is its slot's outcome whether
/// the home has committed it or not (whoever must know asks the user shard), so this only has to happen some time.
struct Settlements: Sendable {
    private var waiting: [[Command]]

    init(shards: Int) { waiting = Array(repeating: [], count: shards) }

    /// Returns how many wait now.
    mutating func add(_ command: Command, at home: ShardID) -> Int {
        waiting[home.index].append(command)
        return waiting[home.index].count
    }

    mutating func take(at home: ShardID) -> [Command] {
        let taken = waiting[home.index]
        waiting[home.index] = []
        return taken
    }
}

extension NodeState {
    mutating func settle(slot: SlotID, granted lease: LeaseRecord, at home: ShardID) {
        let command = Command.granted(slot: slot, lease: lease.id, users: lease.users.count, deadline: lease.deadline)
        let waiting = settlements.add(command, at: home)
        if waiting == 1 { timers.add(.settlements(home), due: now.monotonic + Limits.settlementDelay) }
        if waiting >= Limits.settlementsAtOnce { sendSettlements(of: home) }
    }

    mutating func sendSettlements(of home: ShardID) {
        for command in settlements.take(at: home) { propose(command, to: home) }
    }
}
