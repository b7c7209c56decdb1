import Checks
import HashRing

/// The whole cluster, as its members say of themselves; with the digests of every replica's contents if asked: a command
/// has each take it at one index, and the reports are read again until all of them are there. A digest that was not taken at
/// that index, or for this call, is not shown. A stale read shows the digests that were taken last.
struct ClusterCall: Conversation {
    let request: RequestID
    let wantsDigest: Bool
    private var outstanding = 0
    private var survey = ReportSurvey()
    /// Where each shard's digest was asked for, by the leader's own.
    private var taken: [ShardID: [UInt8]] = [:]
    private var patience = Duration.zero

    init(request: RequestID, wantsDigest: Bool) {
        self.request = request
        self.wantsDigest = wantsDigest
    }

    var delivery: DeliveryOutcome { .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            patience = node.now.monotonic + Limits.digestPatience
            // Known though the registry has no leader now: what is left of the cluster is still shown.
            node.noteRegistryRead()
            if wantsDigest, !node.readsStale { takeDigests(in: &node) } else { return look(in: &node) }
        case .outcome(let shard, let result):
            if case .success(.digest(let digest)) = result { taken[node.shards[shard]] = digest }
            outstanding -= 1
            if outstanding == 0 { return look(in: &node) }
        case .report, .silent:
            survey.take(event)
            if survey.isFinished { return conclude(in: &node) }
        case .due: return look(in: &node)
        default: break
        }
        return .goesOn
    }

    private mutating func takeDigests(in node: inout NodeState) {
        outstanding = node.shards.count
        for shard in node.shards { node.admit(.digest, to: shard, step: shard.index) }
    }

    private mutating func look(in node: inout NodeState) -> Progress {
        survey = ReportSurvey()
        survey.begin(in: &node)
        return survey.isFinished ? conclude(in: &node) : .goesOn
    }

    private func conclude(in node: inout NodeState) -> Progress {
        if wantsDigest, !isEveryDigestThere(in: node), node.now.monotonic < patience {
            node.wake(at: node.now.monotonic + Limits.digestRetry)
            return .goesOn
        }
        let digested = !wantsDigest ? [] : node.readsStale ? Set(node.shards) : Set(taken.keys)
        node.reply(request, .cluster(ClusterView(survey, in: node, digested: digested)))
        return .finished
    }

    /// Whether every replica has taken its digest at the same index as the others of its shard.
    private func isEveryDigestThere(in node: NodeState) -> Bool {
        node.shards.allSatisfy { shard in
            let indices = survey.reports.values.flatMap(\.replicas)
                .filter { $0.group == .shard(shard) }.map { $0.digest?.index }
            return taken[shard] == nil || (Set(indices).count <= 1 && indices.allSatisfy { $0 != nil })
        }
    }
}
