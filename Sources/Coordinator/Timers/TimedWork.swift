import HashRing

/// What the coordinator does when its time comes.
enum TimedWork: Hashable, Sendable {
    /// Consensus wants a tick.
    case group(GroupKey)
    /// A request has had its time.
    case request(RequestID)
    /// A conversation asked to be woken.
    case conversation(ConversationID)
    /// Grants that wait to be settled at this home.
    case settlements(ShardID)
    /// Deliveries of this pair that wait to be acknowledged.
    case acknowledgement(OutboxPair)
    /// A delivery that failed is tried again.
    case delivery(OutboxPair)
    /// Clients of this home that wait to be touched.
    case touches(ShardID)
    /// Leases of this shard that may have come to their deadline.
    case expiry(ShardID)
    case purge(ShardID)
    case job(ShardID)
    /// A call to another node has had its time.
    case call(CallID)
    /// The node that led a group before has had its time to say what became of a command.
    case abandonedCall(CallID, at: NodeID)
    /// A call has waited long enough for a leader.
    case parkedCall(CallID)
    /// A request has waited long enough for a leader.
    case parkedRequest(RequestID, position: Int)
    /// Answers that wait for this node's copy of the registry.
    case awaitedVersion
    /// Peers are told what is led here.
    case announcement
    /// The group's leader is gone: this node asks to succeed it.
    case succession(GroupKey)
    /// The group's replicas are compared with where they should be.
    case rebalancing(GroupKey)
    /// Gossip wants a tick.
    case gossip
    /// The registry's leader looks after the members.
    case memberWatch
    /// What was proposed in an office that has ended has waited long enough for its fate.
    case fate(GroupKey)
    /// Something was asked of the group's leader: is it still heard?
    case watch(GroupKey)
    /// Leadership is handed over before this node stops.
    case handover
}
