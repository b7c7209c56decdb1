import Checks
import HashRing

/// The same question to every shard, and the sum of what they say.
struct Survey: Conversation {
    enum Kind: Sendable {
        case counts(ServiceName)
        case statistics
    }

    let request: RequestID
    let kind: Kind
    private var outstanding = 0
    private var counts = ShardCounts()
    private var statistics = ShardStatistics()

    init(request: RequestID, kind: Kind) {
        self.request = request
        self.kind = kind
    }

    var delivery: DeliveryOutcome { .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            outstanding = node.shards.count
            for shard in node.shards { node.ask(query, of: shard, step: 0) }
            return .goesOn
        case .answer(_, .success(.counts(let part))): counts.add(part)
        case .answer(_, .success(.statistics(let part))): statistics.add(part)
        case .answer(_, .success(.refused(let refusal))):
            node.refuse(request, Refusal(refusal))
            return .finished
        case .answer(_, .success):
            node.refuse(request, .strangeAnswer)
            return .finished
        case .answer(_, .failure(let loss)):
            node.refuse(request, loss)
            return .finished
        default: return .goesOn
        }
        outstanding -= 1
        guard outstanding == 0 else { return .goesOn }
        switch kind {
        case .counts: node.reply(request, .counts(counts))
        case .statistics:
            node.reply(request, .statistics(ClusterStatistics(totals: statistics, at: node.now.wall)))
        }
        return .finished
    }

    private var query: Query {
        switch kind {
        case .counts(let service): .counts(service)
        case .statistics: .statistics
        }
    }
}
