import Checks
import HashRing

/// The cluster as this node sees it, with the digest of every shard's contents if asked.
struct ClusterCall: Conversation {
    let request: RequestID
    let wantsDigest: Bool
    private var outstanding = 0
    private var digests: [ShardID: [UInt8]] = [:]

    init(request: RequestID, wantsDigest: Bool) {
        self.request = request
        self.wantsDigest = wantsDigest
    }

    var delivery: DeliveryOutcome { .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: node.refreshRegistry(step: 0)
        case .registry(_, .success):
            guard wantsDigest else { return finish(in: &node) }
            outstanding = node.shards.count
            for shard in node.shards { node.admit(.digest, to: shard, step: shard.index) }
        case .outcome(let shard, .success(.digest(let digest))):
            digests[node.shards[shard]] = digest
            outstanding -= 1
            if outstanding == 0 { return finish(in: &node) }
        case .outcome(_, .success):
            node.refuse(request, .strangeAnswer)
            return .finished
        case .registry(_, .failure(let loss)), .outcome(_, .failure(let loss)):
            node.refuse(request, loss)
            return .finished
        default: break
        }
        return .goesOn
    }

    private func finish(in node: inout NodeState) -> Progress {
        var view = node.clusterView
        for shard in view.shards.indices {
            let id = view.shards[shard].id
            for replica in view.shards[shard].replicas.indices
            where view.shards[shard].replicas[replica].node == node.identity.node {
                view.shards[shard].replicas[replica].digest = digests[id]
            }
        }
        node.reply(request, .cluster(view))
        return .finished
    }
}
