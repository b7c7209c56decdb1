import Checks
import HashRing

extension NodeState {
    /// Takes over a shard's readiness and wakes as many waiting requests as there is more for.
    mutating func noteReadiness(_ ready: [ShardSummary.Readiness], of shard: ShardID) {
        for (service, more) in readiness.note(ready, of: shard) {
            readiness.beginRound(of: service)
            wakeWaiting(for: service, count: min(more, Limits.wakesAtOnce))
        }
    }

    /// Somebody was woken and could not use what there is: the next may.
    mutating func passOn(_ service: ServiceName) { wakeWaiting(for: service, count: 1) }

    private mutating func wakeWaiting(for service: ServiceName, count: Int) {
        for conversation in readiness.takeWaiting(for: service, count: count) { events.append((conversation, .ready)) }
    }

    /// The shards that may have work in that lane, in a random order that nothing a client sends can influence.
    mutating func shuffledShards(of service: ServiceName, lane: Lane, without barren: Set<Barren>) -> [ShardID] {
        let shards = readiness.shards(of: service, lane: lane)
            .filter { serves($0) && !barren.contains(Barren(shard: $0, lane: lane)) }
        return entropy.permutation(of: shards)
    }
}

/// A lane of a shard that had nothing for this request, whatever its hints say.
struct Barren: Hashable, Sendable {
    let shard: ShardID
    let lane: Lane
}
