import Membership

/// One member under test, `A`, with others that are only names: what it sends is looked at, what it is told is written
/// by the test.
struct Scene {
    var membership: Membership
    var now: Duration = .zero

    /// `A` knows the members 1 ... `others`.
    init(others: Int, seed: UInt64 = 1, parameters: Parameters = .lan) throws {
        let known = try (1...max(others, 1)).prefix(others).map { try Self.record($0) }
        membership = Membership(
            own: try Self.record(0), known: Array(known), parameters: parameters, seed: seed, now: .zero)
    }

    static func id(_ number: Int) -> MemberID { MemberID(rawValue: UInt128(number + 1)) }

    static func address(_ number: Int) throws -> PeerAddress { try PeerAddress(host: "h\(number)", port: 7481) }

    static func record(
        _ number: Int, incarnation: UInt64 = 0, host: String? = nil, application: [UInt8] = []
    ) throws -> MemberRecord {
        try MemberRecord(
            id: id(number), address: PeerAddress(host: host ?? "h\(number)", port: 7481),
            incarnation: Incarnation(incarnation), application: application)
    }

    /// Member `number` sends this.
    mutating func hear(_ message: Message = .gossip, from number: Int, _ rumors: [Rumor] = []) throws
        -> [Membership.Effect]
    {
        let datagram = try Datagram(source: Self.id(number), registryVersion: 0, message: message, rumors: rumors)
        return membership.receive(datagram, from: try Self.address(number), now: now)
    }

    /// Lets time pass, waking the member when it wants to be.
    mutating func pass(_ duration: Duration) -> [Membership.Effect] {
        let end = now + duration
        var effects: [Membership.Effect] = []
        while membership.nextDeadline <= end {
            now = max(now, membership.nextDeadline)
            effects += membership.tick(now: now)
        }
        now = end
        return effects
    }

    /// Lets time pass until something is sent that `isWanted` picks; at most a minute.
    mutating func passUntil(_ isWanted: (Membership.Effect) -> Bool) -> Membership.Effect? {
        let end = now + .seconds(60)
        while membership.nextDeadline <= end {
            now = max(now, membership.nextDeadline)
            if let wanted = membership.tick(now: now).first(where: isWanted) { return wanted }
        }
        return nil
    }

    func status(_ number: Int) -> MemberStatus? { membership.member(Self.id(number))?.status }
}

extension [Membership.Effect] {
    var events: [Membership.Event] {
        compactMap { if case .event(let event) = $0 { event } else { nil } }
    }

    var datagrams: [(datagram: Datagram, address: PeerAddress)] {
        compactMap { if case .send(let datagram, let address) = $0 { (datagram, address) } else { nil } }
    }

    var pushPulls: [(message: PushPull, address: PeerAddress)] {
        compactMap { if case .pushPull(let message, let address) = $0 { (message, address) } else { nil } }
    }

    var rumors: [Rumor] { datagrams.flatMap(\.datagram.rumors) }

    var messages: [Message] { datagrams.map(\.datagram.message) }
}

extension Membership.Effect {
    /// The probe's number and target, if this is a ping.
    var ping: (sequence: ProbeSequence, target: MemberID)? {
        guard case .send(let datagram, _) = self, case .ping(let sequence, let target, _) = datagram.message else {
            return nil
        }
        return (sequence, target)
    }
}
