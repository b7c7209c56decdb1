/// One probe of one member.
struct Probe {
    /// Where it is.
    enum Stage {
        /// The ping is out.
        case direct(until: Duration)
        /// Relays were asked too; a late answer to the ping still counts.
        case indirect(until: Duration, asked: Int, nacks: Int)
    }

    let sequence: ProbeSequence
    let target: MemberID
    var stage: Stage

    var deadline: Duration {
        switch stage {
        case .direct(let until), .indirect(let until, _, _): until
        }
    }

    mutating func putOff(by lost: Duration) {
        switch stage {
        case .direct(let until): stage = .direct(until: until + lost)
        case .indirect(let until, let asked, let nacks):
            stage = .indirect(until: until + lost, asked: asked, nacks: nacks)
        }
    }
}

/// A ping that this member sends for another.
struct RelayedPing {
    /// Of the ping that goes to the target.
    let sequence: ProbeSequence
    let target: MemberID
    /// Who asked, and under which number.
    let origin: PeerAddress
    let originSequence: ProbeSequence
    /// When to answer that nothing was heard.
    let deadline: Duration
}
