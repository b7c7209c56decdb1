import Membership
import SeededRandom

/// Values of every kind, with extreme ones among them.
enum Samples {
    static func id(_ random: inout Chance) -> MemberID {
        switch random.index(below: 8) {
        case 0: MemberID(rawValue: .max)
        case 1: MemberID(rawValue: 0)
        default: MemberID(rawValue: UInt128(random.next()) << 64 | UInt128(random.next()))
        }
    }

    /// Any number, the ends of the range often.
    static func number(_ random: inout Chance) -> UInt64 {
        switch random.index(below: 6) {
        case 0: .max
        case 1: 0
        case 2: UInt64(random.index(below: 256))
        default: random.next()
        }
    }

    static func incarnation(_ random: inout Chance) throws -> Incarnation {
        try Incarnation(min(number(&random), Limits.incarnation))
    }

    /// Of one, two and four bytes a letter; the longest host often.
    static func address(_ random: inout Chance) throws -> PeerAddress {
        let length = random.chance(1, in: 3) ? Limits.hostBytes : 1 + random.index(below: Limits.hostBytes)
        var host = ""
        while host.utf8.count < length {
            let room = length - host.utf8.count
            let letters = ["a", "ü", "🜁"].filter { $0.utf8.count <= room }
            host += letters[random.index(below: letters.count)]
        }
        let port: UInt16 = random.chance(1, in: 3) ? .max : UInt16(truncatingIfNeeded: random.next())
        return try PeerAddress(host: host, port: port)
    }

    static func bytes(upTo limit: Int, _ random: inout Chance) -> [UInt8] {
        let count = random.chance(1, in: 3) ? limit : random.index(below: limit + 1)
        return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    }

    static func record(_ random: inout Chance) throws -> MemberRecord {
        try MemberRecord(
            id: id(&random), address: address(&random), incarnation: incarnation(&random),
            application: bytes(upTo: Limits.applicationBytes, &random))
    }

    static func rumor(_ random: inout Chance) throws -> Rumor {
        switch random.index(below: 4) {
        case 0: return .alive(try record(&random))
        case 1:
            let count = 1 + random.index(below: Limits.suspecters)
            return .suspect(
                id(&random), try incarnation(&random), by: (0..<count).map { _ in id(&random) })
        case 2: return .dead(id(&random), try incarnation(&random))
        default: return .left(id(&random), try incarnation(&random))
        }
    }

    static func message(_ random: inout Chance) throws -> Message {
        let sequence = ProbeSequence(rawValue: UInt32(truncatingIfNeeded: number(&random)))
        let digest = ViewDigest(rawValue: number(&random))
        return switch random.index(below: 5) {
        case 0: .ping(sequence, target: id(&random), digest: digest)
        case 1: .pingRequest(sequence, target: id(&random), address: try address(&random))
        case 2: .ack(sequence, member: id(&random), digest: digest)
        case 3: .nack(sequence)
        default: .gossip
        }
    }

    /// As full as the model allows, or with a few rumors only.
    static func datagram(_ random: inout Chance) throws -> Datagram {
        let source = id(&random)
        let version = number(&random)
        let message = try message(&random)
        let most = random.chance(1, in: 2) ? random.index(below: 4) : .max
        var datagram = try Datagram(source: source, registryVersion: version, message: message, rumors: [])
        while datagram.rumors.count < most {
            let rumors = datagram.rumors + [try rumor(&random)]
            guard
                let larger = try? Datagram(source: source, registryVersion: version, message: message, rumors: rumors)
            else { break }
            datagram = larger
        }
        return datagram
    }

    static func pushPull(rows: Int, _ random: inout Chance) throws -> PushPull {
        let content: PushPull.Content
        switch random.index(below: 3) {
        case 0: content = .offer(ViewDigest(rawValue: number(&random)), joining: random.chance(1, in: 2))
        case 1: content = .agreement
        default:
            let members = try (0..<rows).map { _ in
                Member(
                    record: try record(&random), status: MemberStatus.allCases[random.index(below: 4)],
                    incarnation: try incarnation(&random), registryVersion: number(&random))
            }
            content = .state(members, wantsAnswer: random.chance(1, in: 2))
        }
        return try PushPull(sender: record(&random), registryVersion: number(&random), content: content)
    }
}
