/// The protocol's constants, each with its source. Durations are multiplied by local health where that is said.
///
/// Sources: *SWIM*: Das, Gupta, Motivala, "SWIM: Scalable Weakly-consistent Infection-style Process Group Membership
/// Protocol", 2002. *Lifeguard*: Dadgar, Phillips, Currey, "Lifeguard: Local Health Awareness for More Accurate
/// Failure Detection", 2018. *memberlist*: HashiCorp's implementation with its LAN settings.
public struct Parameters: Hashable, Sendable {
    /// One member is probed each period (SWIM, section 3.1; 1 s in memberlist). Times local health.
    public var protocolPeriod: Duration = .seconds(1)
    /// An answer later than this makes the prober ask relays. Above the round trip between continents' near halves
    /// (150 ms); memberlist waits 500 ms, swift-cluster-membership 300 ms. Times local health.
    public var probeTimeout: Duration = .milliseconds(250)
    /// Since its start, after which a probe has failed. memberlist waits the whole period; what is saved here is
    /// part of the faster detection. Times local health.
    public var probeDeadline: Duration = .milliseconds(600)
    /// After which a relay answers that it heard nothing: 80 % of what the prober waits for relays (Lifeguard, IV-A).
    public var relayTimeout: Duration = .milliseconds(280)
    /// Relays asked when a direct probe fails (SWIM's k; 3 in memberlist).
    public var relays = 3

    /// The shortest suspicion, times max(1, log10 n). memberlist's is 4 periods; a third of that is enough because
    /// the suspect is told at once and again each gossip interval, and a refutation reaches all in about a second.
    public var suspicionTimeout: Duration = .milliseconds(1200)
    /// The longest suspicion in shortest ones (`SuspicionMaxTimeoutMult` of memberlist; Lifeguard's beta).
    public static let suspicionSpread = 6
    /// Independent confirmations that shorten a suspicion to the shortest (Lifeguard's K is 3; memberlist: 4 - 2).
    public static let confirmations = 2
    /// The suspicion in shortest ones where nobody else could confirm: two members. Ours: half of the longest.
    public static let unconfirmableSpread = 3
    /// Members expected to probe a suspect out of turn for a second opinion. Of 6 expected, at least two with 98 %.
    public var secondOpinions = 6
    /// By how much that number grows each time a suspicion has outlived another shortest timeout.
    public static let secondOpinionGrowth = 4

    /// Local health is below this (Lifeguard's S, 8; `AwarenessMaxMultiplier` of memberlist).
    public static let healthCeiling = 8
    /// An input later than its deadline by more than this means that *this* member stood still. Above the jitter of
    /// a loaded event loop (10 ms), below what a suspicion can bear.
    public var stallTolerance: Duration = .milliseconds(100)
    /// What others get on top of the time lost to a stall: their answers are still in this member's socket.
    public var stallGrace: Duration = .milliseconds(250)

    /// Between two rounds of gossip while there is something to tell (200 ms in memberlist).
    public var gossipInterval: Duration = .milliseconds(200)
    /// Members told in a round (3 in memberlist).
    public var gossipFanout = 3
    /// A rumor is sent this many times ceil(log10(n + 1)) by each member (SWIM's lambda; `RetransmitMult` 4).
    public static let retransmitMultiplier = 4
    /// For how long gossip also goes to the dead, so that they may refute (30 s in memberlist).
    public var gossipToTheDead: Duration = .seconds(30)

    /// Between two comparisons of whole views (30 s in memberlist), stretched so that a member's share of the bytes
    /// does not grow with the cluster: see ``pushPullRows``.
    public var pushPullInterval: Duration = .seconds(30)
    /// Rows of full state that a member may move each ``pushPullFloor``: 32 (memberlist's `pushPullScaleThreshold`).
    public static let pushPullRows = 32
    /// Between two comparisons that a differing digest starts early, per ``pushPullRows`` members.
    public var pushPullFloor: Duration = .seconds(5)

    /// Between two attempts to reach some of the dead, and a seed that nobody answers for. serf tries one each 30 s;
    /// two survivors of five that were buried by each other would then look for each other for minutes.
    public var reconnectInterval: Duration = .seconds(10)
    /// The dead tried at once: as many as hear a round of gossip.
    public static let reconnectFanout = 3
    /// For how long the dead and the departed are remembered (`ReconnectTimeout` of serf: 24 h).
    public var deadRetention: Duration = .seconds(24 * 60 * 60)
    /// For the good-bye to be told before the member goes (5 s: `BroadcastTimeout` of serf).
    public var leaveTimeout: Duration = .seconds(5)
    /// A newcomer passes on what it was told when joining up to this many rows: what a few datagrams carry.
    public static let newcomerTells = 64
    /// Between the first attempts to join; doubled each time.
    public var joinRetry: Duration = .seconds(1)
    /// At most between two attempts to join.
    public var joinRetryCeiling: Duration = .seconds(30)

    /// The values above.
    public static let lan = Parameters()

    /// The values above; change what a network needs.
    public init() {}
}
