/// How a member stands, with what only that standing has.
enum Standing {
    case alive
    indirect case suspect(Suspicion)
    case dead(since: Duration)
    case left(since: Duration)

    var status: MemberStatus {
        switch self {
        case .alive: .alive
        case .suspect: .suspect
        case .dead: .dead
        case .left: .left
        }
    }

    /// Alive or suspect: probed, gossiped to, counted in n.
    var isLive: Bool {
        switch self {
        case .alive, .suspect: true
        case .dead, .left: false
        }
    }
}

/// All that is known about one member.
struct RosterEntry {
    var record: MemberRecord
    /// What `standing` is about. It runs ahead of the record's own when a suspicion of a later incarnation came first.
    var incarnation: Incarnation
    var standing: Standing
    var registryVersion: UInt64
    /// The record's part in the digest, counted while live.
    var share: UInt64

    /// Its row in a full state.
    var member: Member {
        Member(record: record, status: standing.status, incarnation: incarnation, registryVersion: registryVersion)
    }

    /// What gossip says about it now.
    var rumor: Rumor {
        switch standing {
        case .alive: .alive(record)
        case .suspect(let suspicion): .suspect(record.id, incarnation, by: suspicion.suspecters)
        case .dead: .dead(record.id, incarnation)
        case .left: .left(record.id, incarnation)
        }
    }
}
