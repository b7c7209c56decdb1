import Checks
import Consensus
import HashRing

/// Conversations whose callers take an answer that is a little old, with how old what they have read so far may be.
struct StaleReads: Sendable {
    private var ages: [ConversationID: Duration] = [:]

    mutating func begin(_ conversation: ConversationID) { ages[conversation] = .zero }

    func contains(_ conversation: ConversationID) -> Bool { ages[conversation] != nil }

    /// A part of the answer is so old at most; the oldest part counts.
    mutating func note(_ age: Duration, for conversation: ConversationID) {
        if let known = ages[conversation] { ages[conversation] = max(known, age) }
    }

    /// The bound, once the conversation has its answer; `nil` for a linearizable one.
    mutating func finish(_ conversation: ConversationID) -> Duration? { ages.removeValue(forKey: conversation) }
}

extension NodeState {
    /// Whether the present conversation reads what may be old. It then changes nothing, and waits for nobody that it need not
    /// wait for.
    var readsStale: Bool { staleReads.contains(current) }

    /// Asks this node's own replica, without making sure that it is up to date; `false` if the question must go to the leader.
    mutating func askReplica(_ query: Query, of shard: ShardID, at position: Int, ticket: Ticket) -> Bool {
        guard staleReads.contains(ticket.conversation), let age = staleness(of: position) else { return false }
        staleReads.note(age, for: ticket.conversation)
        put(query, to: shard, ticket: ticket)
        return true
    }

    /// The present conversation reads the registry as this node has it.
    mutating func noteRegistryRead() {
        if let age = staleness(of: 0) { staleReads.note(age, for: current) }
    }

    /// The present conversation is the first of several, and the bound that it gives goes for all of them: counted from when it
    /// began, what other shards are asked later is not older than what they would say now.
    mutating func noteAllShards() {
        guard readsStale else { return }
        for position in groups.indices.dropFirst() {
            if let age = staleness(of: position) { staleReads.note(age, for: current) }
        }
    }
}

extension Response {
    /// The response as a stale read is given it; as it is where `age` is `nil`.
    func asOld(as age: Duration?) -> Response {
        age.map { .stale(self, seconds: $0.secondsRoundedUp) } ?? self
    }
}

extension Duration {
    /// Whole seconds, rounded up.
    fileprivate var secondsRoundedUp: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) + (attoseconds > 0 ? 1 : 0)
    }
}
