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
}
