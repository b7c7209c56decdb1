import HashRing
import Membership

/// This node's part in the membership protocol: who is alive, and where.
struct Gossip: Sendable {
    var membership: Membership
    /// When the next tick is due for which a timer is set.
    var timer: Duration?
    /// The key that waits to be promoted, and since when this node knows.
    var pendingKey: (number: UInt32, since: Duration)?
    /// Since when members are dead.
    var deadSince: [NodeID: Duration] = [:]

    /// How a member is by what this node has heard.
    enum Health: Hashable, Sendable { case alive, suspect, dead }

    init(_ identity: NodeIdentity, seed: UInt64, now: Duration) {
        // An address that cannot be one is refused before a node starts; it is never dialled.
        let address = PeerAddress(text: identity.peer) ?? .unreachable
        // Each start begins above all that the one before can have said, its good-bye included: so a node that comes back at
        // another address is believed at once, by who cannot reach it to ask.
        let incarnation = (try? Incarnation(identity.starts << Self.incarnationBits)) ?? .first
        guard let own = try? MemberRecord(id: MemberID(identity.node), address: address, incarnation: incarnation)
        else {
            preconditionFailure("a record without application bytes is one")
        }
        membership = Membership(own: own, seed: seed, now: now)
    }

    /// Incarnations of one start: a million refutations, one every other minute for two years.
    private static let incarnationBits: UInt64 = 20

    mutating func noteRegistry(version: UInt64) { membership.registryVersion = version }

    func address(of node: NodeID) -> PeerAddress? {
        guard let member = membership.member(MemberID(node)), member.status == .alive else { return nil }
        return member.record.address
    }

    /// The registry's version that a node was last known to hold.
    func registryVersion(of node: NodeID) -> UInt64 { membership.member(MemberID(node))?.registryVersion ?? 0 }

    /// Whether a node has said that it is about to stop.
    func hasLeft(_ node: NodeID) -> Bool {
        if case .left = membership.member(MemberID(node))?.status { true } else { false }
    }

    func health(of node: NodeID) -> Health {
        switch membership.member(MemberID(node))?.status {
        case .alive: .alive
        case .suspect: .suspect
        case .dead, .left, nil: .dead
        }
    }
}

extension MemberID {
    init(_ node: NodeID) { self.init(rawValue: node.rawValue) }
}

extension PeerAddress {
    /// Nobody is there (RFC 5737 keeps the network for documentation).
    static let unreachable: PeerAddress = {
        guard let address = try? PeerAddress(host: "192.0.2.0", port: 9) else {
            preconditionFailure("nine bytes make a host")
        }
        return address
    }()
}
