import Consensus
import HashRing

/// What the leader of a group is at in moving its replicas.
struct Rebalancing: Sendable {
    /// A timer is set for this time.
    var timer: Duration?
    /// A registry command of it is under way.
    var isAsking = false
    /// When leadership was last handed over from here, so that it is not tried again at once.
    var lastTransfer: Duration?
}

/// One step from a group's configuration toward its target.
enum RebalancingStep: Hashable, Sendable {
    /// The registry is to give the node a replica.
    case register(NodeID)
    /// A replica that the registry knows begins to learn.
    case addLearner(ReplicaID)
    /// Voters change, in one joint change.
    case change([ConfigurationChange.Step])
    /// A replica that is in no configuration goes from the registry.
    case unregister(ReplicaID)
    case transfer(to: ReplicaID)
    /// Something must happen elsewhere first: a learner catches up, a node comes back.
    case wait(on: NodeID?)
    case rest
}
