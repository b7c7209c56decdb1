import Checks
import DequeModule
import HashRing

/// What shards can grant, as far as this node was told, and who waits for it.
///
/// Hints only spare commits: a wrong one makes an ask come back empty or a client come again, never more. Of
/// shards that are led here they are exact as of the last batch applied, of others as of their leader's last announcement.
struct Readiness: Sendable {
    /// Buckets by shard, of one service.
    private struct Hints: Sendable {
        var urgent: [Int]
        var normal: [Int]
        init(shards: Int) {
            urgent = Array(repeating: 0, count: shards)
            normal = urgent
        }
    }

    private let shards: Int
    private var hints: [ServiceName: Hints] = [:]
    private var last: [[ShardSummary.Readiness]]
    private(set) var waiting: [ServiceName: Waiters] = [:]
    /// Lease requests that wait, all services together.
    private(set) var waiters = 0

    init(shards: Int) {
        self.shards = shards
        last = Array(repeating: [], count: shards)
    }

    /// Takes over what a shard says of itself; returns the services of which it now has more, with how much more.
    mutating func note(_ ready: [ShardSummary.Readiness], of shard: ShardID) -> [(service: ServiceName, more: Int)] {
        let before = last[shard.index]
        guard ready != before else { return [] }
        last[shard.index] = ready
        for old in before { set(0, old.service, old.lane, shard) }
        var risen: [(service: ServiceName, more: Int)] = []
        for new in ready {
            set(new.buckets, new.service, new.lane, shard)
            let old = before.first { $0.service == new.service && $0.lane == new.lane }?.buckets ?? 0
            guard new.buckets > old else { continue }
            if let position = risen.firstIndex(where: { $0.service == new.service }) {
                risen[position].more += new.buckets - old
            } else {
                risen.append((new.service, new.buckets - old))
            }
        }
        return risen
    }

    private mutating func set(_ buckets: Int, _ service: ServiceName, _ lane: Lane, _ shard: ShardID) {
        switch lane {
        case .urgent: hints[service, default: Hints(shards: shards)].urgent[shard.index] = buckets
        case .normal: hints[service, default: Hints(shards: shards)].normal[shard.index] = buckets
        }
    }

    mutating func forget(_ shard: ShardID) { _ = note([], of: shard) }

    /// The shards whose hints show that lane, in order. O(shards).
    func shards(of service: ServiceName, lane: Lane) -> [ShardID] {
        guard let hints = hints[service] else { return [] }
        let counts = lane == .urgent ? hints.urgent : hints.normal
        return counts.indices.filter { counts[$0] > 0 }.map { ShardID(index: $0) }
    }

    // MARK: Waiting

    mutating func wait(_ conversation: ConversationID, for service: ServiceName, triedIn round: UInt64) -> Bool {
        guard waiters < Limits.longPolls else { return false }
        waiters += 1
        waiting[service, default: Waiters()].insert(conversation, triedIn: round)
        return true
    }

    /// Returns whether it still waited, and had not just been woken.
    mutating func stopWaiting(_ conversation: ConversationID, for service: ServiceName) -> Bool {
        guard let position = waiting[service]?.queue.firstIndex(where: { $0.conversation == conversation }) else {
            return false
        }
        waiting[service]?.queue.remove(at: position)
        waiters -= 1
        return true
    }

    /// The rise of readiness that a service is at; who has tried in it is not woken for it again.
    func round(of service: ServiceName) -> UInt64 { waiting[service]?.round ?? 0 }

    mutating func beginRound(of service: ServiceName) { waiting[service, default: Waiters()].round += 1 }

    /// The next `count` that wait and have not tried in this round, oldest first.
    mutating func takeWaiting(for service: ServiceName, count: Int) -> [ConversationID] {
        guard var waiters = waiting[service], !waiters.queue.isEmpty else { return [] }
        var taken: [ConversationID] = []
        while taken.count < count, let first = waiters.queue.first, first.tried < waiters.round {
            waiters.queue.removeFirst()
            taken.append(first.conversation)
        }
        waiting[service] = waiters
        self.waiters -= taken.count
        return taken
    }

    /// Those who wait for one service, in order of the rounds in which they last tried.
    struct Waiters: Sendable {
        var queue = Deque<(conversation: ConversationID, tried: UInt64)>()
        var round: UInt64 = 1

        mutating func insert(_ conversation: ConversationID, triedIn round: UInt64) {
            var position = queue.endIndex
            while position > queue.startIndex, queue[position - 1].tried > round { position -= 1 }
            queue.insert((conversation, round), at: position)
        }
    }
}
