import Membership
import SeededRandom
import Testing
import Wire

@Suite("the bytes of datagrams")
struct DatagramTests {
    @Test("what is decoded is what was encoded, and every part stays within its model", arguments: 1...8)
    func roundTrip(seed: UInt64) throws {
        var random = Chance(seed: seed)
        for _ in 0..<2_000 {
            let datagram = try Samples.datagram(&random)
            let bytes = datagram.bytes()
            #expect(bytes.count == datagram.encodedByteCount)
            #expect(bytes.count <= datagram.encodedSize && bytes.count <= Limits.plainBytes)
            #expect(try Datagram(bytes: bytes) == datagram)
            #expect(datagram.message.encodedByteCount <= datagram.message.encodedSize)
            for rumor in datagram.rumors { #expect(rumor.encodedByteCount <= rumor.encodedSize) }
        }
    }

    @Test("the largest of each kind of message is shorter than its model")
    func largest() throws {
        let id = MemberID(rawValue: .max)
        let sequence = ProbeSequence(rawValue: .max)
        let digest = ViewDigest(rawValue: .max)
        let address = try PeerAddress(host: String(repeating: "h", count: Limits.hostBytes), port: .max)
        let messages: [Message] = [
            .ping(sequence, target: id, digest: digest), .pingRequest(sequence, target: id, address: address),
            .ack(sequence, member: id, digest: digest), .nack(sequence), .gossip,
        ]
        for message in messages { #expect(message.bytes().count < message.encodedSize) }
        let last = try Incarnation(Limits.incarnation)
        let record = try MemberRecord(
            id: id, address: address, incarnation: last,
            application: Array(repeating: 255, count: Limits.applicationBytes))
        let suspecters = Array(repeating: id, count: Limits.suspecters)
        let rumors: [Rumor] = [.alive(record), .suspect(id, last, by: suspecters), .dead(id, last), .left(id, last)]
        for rumor in rumors { #expect(rumor.bytes().count < rumor.encodedSize) }
    }

    @Test("a part that membership does not take is refused by its name")
    func refusals() throws {
        let gossip = try Datagram(source: MemberID(rawValue: 7), registryVersion: 1, message: .gossip, rumors: [])
        let bytes = gossip.bytes()
        let zero = [UInt8](repeating: 0, count: 64)
        let about = zero.prefix(24)
        // Rumors, each with what is said of it.
        let refused: [(rumor: [UInt8], error: FormatError)] = [
            ([1] + about + [0, 1, 0, 0], .refused(.hostLength(0))),
            ([1] + about + [0, 1, 1, 0xFF, 0], .notUTF8),
            ([1] + about + [0, 1, 1, 0x61, 65] + zero + [0], .refused(.applicationLength(65))),
            ([2] + about + [0], .refused(.suspecterCount(0))),
            ([2] + about + [4] + zero, .refused(.suspecterCount(4))),
            ([2] + about + [3] + zero.prefix(47), .cutShort),
            ([3] + zero.prefix(16) + [UInt8](repeating: 255, count: 8), .refused(.incarnationOutOfRange(.max))),
            ([9], .unknownKind(9)),
        ]
        for (rumor, error) in refused {
            #expect(throws: error) { try Datagram(bytes: bytes + rumor) }
        }
        #expect(throws: FormatError.cutShort) { try Datagram(bytes: Array(bytes.dropLast())) }
        #expect(throws: FormatError.refused(.datagramSize(Limits.plainBytes + 1))) {
            try Datagram(bytes: [UInt8](repeating: 0, count: Limits.plainBytes + 1))
        }
    }

    @Test("a datagram of one member that another sealed is refused")
    func foreignSource() throws {
        let gossip = try Datagram(source: MemberID(rawValue: 7), registryVersion: 1, message: .gossip, rumors: [])
        let bytes = gossip.bytes()
        #expect(try Datagram(bytes: bytes, sealedBy: 7).source == MemberID(rawValue: 7))
        #expect(throws: FormatError.foreignSource) { try Datagram(bytes: bytes, sealedBy: 8) }
    }

    @Test("any bytes are a datagram or an error")
    func assault() throws {
        try Mutilation.assault(Datagram.self, seed: 0xDA7A) { try Samples.datagram(&$0) }
    }
}
