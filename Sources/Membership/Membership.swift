/// One member's side of the membership protocol: SWIM with the Lifeguard extensions, as a value without sockets,
/// clocks or chance of its own.
///
/// Feed it what arrives with the time at which it arrives, carry out the effects in order, and call ``tick(now:)`` at
/// ``nextDeadline`` at the latest:
///
/// ```swift
/// var membership = Membership(own: record, seed: 7, now: clock())
/// run(try membership.join(through: seeds, now: clock()))
/// // for each datagram:
/// run(membership.receive(datagram, from: address, now: clock()))
/// ```
///
/// Times are durations since an arbitrary origin and never fall. The same inputs give the same outputs, always (I9).
/// It holds at most ``Limits/members`` members; each input costs O(1) amortised but for full states, which are O(n).
public struct Membership: Sendable {
    /// What the runtime is to do.
    public enum Effect: Hashable, Sendable {
        /// Seal it and send it as one datagram. It may be lost.
        case send(Datagram, to: PeerAddress)
        /// Send it over the peer link to whoever is at this address, opening the link if there is none. When that
        /// fails nothing needs to be told: it is tried again, elsewhere.
        case pushPull(PushPull, to: PeerAddress)
        /// Something changed.
        case event(Event)
    }

    /// What changed in this member's view.
    public enum Event: Hashable, Sendable {
        /// New, or back from the dead or the departed.
        case alive(MemberRecord)
        /// Alive all along, with another address or other application bytes.
        case updated(MemberRecord)
        /// It may be dead. Nothing is to be decided on this.
        case suspected(MemberID)
        /// A suspicion was wrong.
        case refuted(MemberID)
        /// It is taken for dead.
        case dead(MemberID)
        /// It said good-bye.
        case left(MemberID)
        /// Dead or departed for ``Parameters/deadRetention``, or expelled: no longer known.
        case forgotten(MemberID)
        /// Somebody holds a registry newer than was known to exist.
        case registryVersion(UInt64, at: MemberID)
        /// Somebody speaks under this member's identity, with other words. Once after a restart that is its own past;
        /// again and again it is a second process with the same identity.
        case contested(MemberRecord)
        /// This member's joining is done.
        case joined
        /// This member's good-bye has been told: the process may end.
        case departed
    }

    let parameters: Parameters
    var random: RandomSource
    var roster: Roster
    var rumors = RumorQueue()
    var phase: Phase = .active
    var health = LocalHealth()
    var seeds: [PeerAddress] = []
    var expelled = Expulsions()

    var lastSequence: UInt32 = 0
    var probes: [Probe] = []
    var relayed: [RelayedPing] = []
    var suspects = Suspects()

    var timers: Timers
    /// The newest registry version heard of, this member's own included.
    var newestRegistryVersion: UInt64
    /// The latest time that an input carried.
    var clock: Duration
    /// The other side of the input in hand believes something about this member that is not so.
    var ownRecordWanted = false
    var effects: [Effect] = []
    var tally = Tally()

    /// By when ``tick(now:)`` must be called at the latest. Changes with every input.
    public private(set) var nextDeadline: Duration

    /// A member that knows nobody but those in `known`; a cluster's first needs no more.
    ///
    /// `own`: what it says about itself; an incarnation that was kept from an earlier run saves a refutation.
    /// `known`: members known from an earlier run, taken for alive until a probe of them fails; at most
    /// ``Limits/members`` - 1 are taken. `seed`: of its random choices, different for each member.
    public init(
        own: MemberRecord, known: [MemberRecord] = [], registryVersion: UInt64 = 0, parameters: Parameters = .lan,
        seed: UInt64, now: Duration
    ) {
        let periods = [
            parameters.protocolPeriod, parameters.gossipInterval, parameters.pushPullInterval,
            parameters.reconnectInterval, parameters.joinRetry,
        ]
        precondition(periods.allSatisfy { $0 > .zero }, "what recurs takes time")
        self.parameters = parameters
        random = RandomSource(seed: seed)
        roster = Roster(own: own, registryVersion: registryVersion)
        for record in known where roster.slot(of: record.id) == nil { _ = roster.insert(record, using: &random) }
        newestRegistryVersion = registryVersion
        clock = now
        timers = Timers(from: now, parameters: parameters, random: &random)
        nextDeadline = now
        nextDeadline = earliestDeadline
    }

    /// Time passed: probes, suspicions, gossip and comparisons that are due. Harmless when nothing is.
    public mutating func tick(now: Duration) -> [Effect] {
        begin(now)
        return finish()
    }

    /// A datagram arrived, sent from `address` (where its answer goes).
    public mutating func receive(_ datagram: Datagram, from address: PeerAddress, now: Duration) -> [Effect] {
        begin(now)
        let expected = datagram.source != own.id && !expelled.contains(datagram.source)
        if phase.isPresent && expected { accept(datagram, from: address) }
        return finish()
    }

    /// A part of a comparison of views arrived over a peer link.
    public mutating func receive(_ message: PushPull, now: Duration) -> [Effect] {
        begin(now)
        let expected = message.sender.id != own.id && !expelled.contains(message.sender.id)
        if phase.isPresent && expected { accept(message) }
        return finish()
    }

    /// Every input starts here: time is taken, and time lost to a stall is forgiven to the others.
    mutating func begin(_ now: Duration) {
        clock = max(clock, now)
        let lateness = clock - nextDeadline
        if lateness > parameters.stallTolerance { forgive(lateness) }
    }

    /// Every input ends here. What arrived was taken first: an answer in hand counts even when its time is up.
    mutating func finish() -> [Effect] {
        ownRecordWanted = false
        runTimers()
        nextDeadline = earliestDeadline
        defer { effects = [] }
        return effects
    }
}
