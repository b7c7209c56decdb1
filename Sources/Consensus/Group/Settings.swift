/// How patient a group is and how much it lets be in flight. The same on every replica of a group, though nothing
/// breaks while it differs.
public struct Settings: Hashable, Sendable {
    /// How long a follower waits for its leader at least; each wait is drawn anew from here to twice this. It must be
    /// several times `heartbeatInterval` and much more than a network round trip (Raft, section 5.6).
    public var electionTimeout: Duration
    /// How often a leader makes itself heard.
    public var heartbeatInterval: Duration
    /// The most bytes of entries in one append message (one entry always fits).
    public var appendBytes: Int
    /// The most entries in one append message.
    public var appendEntries: Int
    /// The most append messages that a follower has not answered.
    public var inflightMessages: Int
    /// The most bytes of entries that a follower has not answered.
    public var inflightBytes: Int
    /// The most bytes that a leader has accepted and not yet applied; beyond it proposals are refused.
    public var unappliedBytes: Int
    /// The most entries that a leader has accepted and not yet applied.
    public var unappliedEntries: Int
    /// The most bytes of committed entries in one ``Ready``.
    public var committedBytes: Int
    /// The most committed entries in one ``Ready``.
    public var committedEntries: Int

    /// Settings for replicas in one region; each default is explained in the documentation's Consensus article.
    public init(
        electionTimeout: Duration = .milliseconds(1000),
        heartbeatInterval: Duration = .milliseconds(150),
        appendBytes: Int = 512 * 1024,
        appendEntries: Int = 1024,
        inflightMessages: Int = 64,
        inflightBytes: Int = 4 * 1024 * 1024,
        unappliedBytes: Int = 16 * 1024 * 1024,
        unappliedEntries: Int = 16384,
        committedBytes: Int = 1024 * 1024,
        committedEntries: Int = 1024
    ) {
        self.electionTimeout = electionTimeout
        self.heartbeatInterval = heartbeatInterval
        self.appendBytes = appendBytes
        self.appendEntries = appendEntries
        self.inflightMessages = inflightMessages
        self.inflightBytes = inflightBytes
        self.unappliedBytes = unappliedBytes
        self.unappliedEntries = unappliedEntries
        self.committedBytes = committedBytes
        self.committedEntries = committedEntries
    }
}
