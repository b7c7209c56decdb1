/// What a leader knows about one replica (itself included), and at which pace it sends to it.
package struct Progress: Sendable {
    package let id: ReplicaID
    /// In which lists of the configuration it stands.
    package var standing: Standing
    /// Its log is the same as the leader's up to here, on its disk.
    package var match = LogIndex.zero
    /// The next entry to send.
    package var next: LogIndex
    package var pace = Pace.probe(isWaiting: false)
    /// The last commit index that an append told it.
    package var toldCommit = LogIndex.zero
    /// When it was last heard; an election counts as being heard.
    package var lastHeard: Duration
    /// Whether it was heard in this term.
    package var hasAnswered = false
    /// The last quorum round for reads that it confirmed.
    package var round: UInt64 = 0
    /// What `match` was at the last heartbeat answer, to notice lost appends.
    package var matchAtHeartbeat = LogIndex.zero
    package var catchUp: CatchUp

    package init(id: ReplicaID, standing: Standing, next: LogIndex, now: Duration) {
        self.id = id
        self.standing = standing
        self.next = next
        lastHeard = now
        catchUp = CatchUp(start: now)
    }

    /// How a leader sends to a replica.
    package enum Pace: Hashable, Sendable {
        /// One append at a time, until the logs are known to meet.
        case probe(isWaiting: Bool)
        /// A pipeline of appends, each sent on trust in those before.
        case replicate(Inflight)
        /// Nothing: it needs a snapshot that contains at least this index.
        case snapshot(atLeast: LogIndex)
    }

    /// Membership in the configuration's lists.
    package struct Standing: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let incoming = Standing(rawValue: 1)
        package static let outgoing = Standing(rawValue: 2)
        package static let learner = Standing(rawValue: 4)

        package init(of id: ReplicaID, in configuration: Configuration) {
            self = []
            if configuration.voters.contains(id) { insert(.incoming) }
            if configuration.outgoing.contains(id) { insert(.outgoing) }
            if configuration.learners.contains(id) { insert(.learner) }
        }
    }

    package var isVoter: Bool { !standing.isDisjoint(with: [.incoming, .outgoing]) }
}
