/// The clocks that run all the time; those of single probes and suspicions are kept with them.
struct Timers {
    var probe: Duration
    /// When gossip may next go out. It goes at once while the last round is an interval ago: the first hop of news
    /// waits for nothing, and the rate is bounded all the same.
    var gossip: Duration
    var pushPull: Duration
    var reconnect: Duration
    /// Since when an early comparison may be started.
    var earlyPushPull: Duration
    /// When another content under this member's identity may next be outbid.
    var contest: Duration

    /// Random phases: members started together must not work in step.
    init(from now: Duration, parameters: Parameters, random: inout RandomSource) {
        probe = now + random.duration(below: parameters.protocolPeriod)
        gossip = now
        pushPull = now + random.duration(below: parameters.pushPullInterval)
        reconnect = now + random.duration(below: parameters.reconnectInterval)
        earlyPushPull = now + parameters.pushPullFloor
        contest = now
    }
}

extension Membership {
    /// Everything that is due, in a fixed order.
    mutating func runTimers() {
        guard phase.isPresent else { return }
        runProbes()
        runRelayedPings()
        runSuspicions()
        if clock >= timers.probe { probeNext() }
        runJoining()
        if clock >= timers.pushPull { startPushPull() }
        if clock >= timers.reconnect { reconnect() }
        if clock >= timers.gossip && hasGossip { gossip() }
        runLeaving()
    }

    /// By when something is due.
    var earliestDeadline: Duration {
        guard phase.isPresent else { return clock + parameters.deadRetention }
        var earliest = min(timers.probe, min(timers.pushPull, timers.reconnect))
        for probe in probes { earliest = min(earliest, probe.deadline) }
        for ping in relayed { earliest = min(earliest, ping.deadline) }
        if let deadline = suspects.earliest { earliest = min(earliest, deadline) }
        if hasGossip { earliest = min(earliest, timers.gossip) }
        if let deadline = phase.deadline { earliest = min(earliest, deadline) }
        return earliest
    }
}
