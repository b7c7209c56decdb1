import Membership
import SeededRandom
import Testing
import Wire

@Suite("sealed datagrams")
struct SealTests {
    static let cluster: UInt128 = 0xC1

    static func key(_ number: UInt32) throws -> GossipKey {
        try GossipKey(number: number, secret: (0..<32).map { UInt8(truncatingIfNeeded: UInt32($0) &* 7 &+ number) })
    }

    static func seal(
        _ sender: UInt128, boot: UInt64 = 1, salt: UInt64 = 0, cluster: UInt128 = cluster, keyring: Keyring? = nil
    ) throws -> DatagramSeal {
        DatagramSeal(
            cluster: cluster, sender: sender, boot: boot,
            keyring: try keyring ?? Keyring([key(1)], primary: 1), salt: salt)
    }

    @Test("what is opened is what was sealed, and who sealed it is known", arguments: [0, 1, 300, Limits.plainBytes])
    func roundTrip(count: Int) throws {
        var alice = try Self.seal(1)
        var bob = try Self.seal(2)
        let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try alice.seal(plain)
        let opened = try bob.open(sealed)
        #expect(opened.sender == 1 && opened.plain == plain)
        #expect(sealed.count - count == DatagramSeal.overhead && DatagramSeal.overhead <= Limits.sealBytes)
        #expect(sealed.count <= Limits.datagramBytes)
    }

    @Test("more than a datagram holds is not sealed, nor opened")
    func tooLong() throws {
        var alice = try Self.seal(1)
        #expect(throws: SealError.tooLong) { try alice.seal([UInt8](repeating: 0, count: Limits.plainBytes + 1)) }
        #expect(throws: SealError.tooLong) { try alice.open([UInt8](repeating: 1, count: Limits.datagramBytes + 1)) }
    }

    @Test("every altered bit and every cut is noticed")
    func altered() throws {
        var alice = try Self.seal(1)
        var bob = try Self.seal(2)
        let sealed = try alice.seal([1, 2, 3])
        for bit in 0..<(sealed.count * 8) {
            var bytes = sealed
            bytes[bit / 8] ^= 1 << (bit % 8)
            let expected: SealError =
                switch bit / 8 {
                case 0: .wrongVersion
                case 1...4: .unknownKey
                default: .forged
                }
            #expect(throws: expected) { try bob.open(bytes) }
        }
        for count in 0..<sealed.count {
            #expect(throws: count < DatagramSeal.overhead ? SealError.tooShort : .forged) {
                try bob.open(Array(sealed.prefix(count)))
            }
        }
        #expect(bob.senderCount == 0, "nothing is remembered of what was refused")
        #expect(try bob.open(sealed).plain == [1, 2, 3])
    }

    @Test("another cluster's datagram is forged, even under the same key")
    func otherCluster() throws {
        var alice = try Self.seal(1, cluster: 0xC2)
        var bob = try Self.seal(2)
        #expect(throws: SealError.forged) { try bob.open(alice.seal([1])) }
    }

    @Test("equal content under one key never gives equal bytes: not of one sender, of two, or of two lives")
    func nonces() throws {
        var seen: Set<[UInt8]> = []
        var seals = [
            try Self.seal(1), try Self.seal(2), try Self.seal(1, boot: 2),
            // A copied folder: the same node, the same start.
            try Self.seal(1, salt: 1),
        ]
        for round in 0..<100 {
            for index in seals.indices {
                let sealed = try seals[index].seal([UInt8](repeating: 0, count: 32))
                #expect(seen.insert(Array(sealed[DatagramSeal.headerByteCount...])).inserted, "round \(round)")
            }
        }
    }

    @Test("another key is not known before it is installed, and not after it was removed")
    func rotation() throws {
        let old = try Keyring([Self.key(1)], primary: 1)
        let both = try old.installing(Self.key(2))
        let new = try both.promoting(2)
        var alice = try Self.seal(1, keyring: old)
        var bob = try Self.seal(2, keyring: old)
        let first = try alice.seal([1])
        alice.adopt(new)
        let second = try alice.seal([2])
        #expect(throws: SealError.unknownKey) { try bob.open(second) }
        bob.adopt(both)
        #expect(try bob.open(second).plain == [2])
        #expect(try bob.open(first).plain == [1], "what was under way still opens")
        #expect(throws: SealError.replayed) { try bob.open(first) }
        bob.adopt(try new.removing(1))
        alice.adopt(old)
        #expect(throws: SealError.unknownKey) { try bob.open(alice.seal([3])) }
    }

    @Test("a number that was given to another secret opens nothing of the old one")
    func reusedNumber() throws {
        var alice = try Self.seal(1)
        var bob = try Self.seal(2)
        _ = try bob.open(alice.seal([1]))
        bob.adopt(try Keyring([GossipKey(number: 1, secret: [UInt8](repeating: 9, count: 32))], primary: 1))
        #expect(throws: SealError.forged) { try bob.open(alice.seal([2])) }
    }

    @Test("a keyring holds one to three keys of different numbers, its primary among them")
    func keyrings() throws {
        #expect(throws: KeyringError.keyLength(31)) { try GossipKey(number: 1, secret: .init(repeating: 0, count: 31)) }
        #expect(throws: KeyringError.unknown(1)) { try Keyring([], primary: 1) }
        let one = try Keyring([Self.key(1)], primary: 1)
        #expect(throws: KeyringError.repeatedNumber) { try one.installing(Self.key(1)) }
        #expect(throws: KeyringError.isPrimary) { try one.removing(1) }
        #expect(throws: KeyringError.unknown(2)) { try one.removing(2) }
        #expect(throws: KeyringError.unknown(2)) { try one.promoting(2) }
        let three = try one.installing(Self.key(2)).installing(Self.key(3))
        #expect(throws: KeyringError.tooMany) { try three.installing(Self.key(4)) }
        #expect("\(three.keys)" == "[key 1, key 2, key 3]", "secrets are not printed")
    }

    @Test("any bytes are refused")
    func assault() throws {
        var random = Chance(seed: 0x5EA1)
        var alice = try Self.seal(1)
        var bob = try Self.seal(2)
        var refusals: [SealError: Int] = [:]
        var sealed = try alice.seal([1, 2, 3])
        for round in 0..<100_000 {
            if round % 64 == 0 { sealed = try alice.seal(Samples.bytes(upTo: 100, &random)) }
            let input = round % 2 == 0 ? Mutilation.noise(&random) : Mutilation.mutilated(sealed, &random)
            do {
                _ = try bob.open(input)
                #expect(input == sealed, "seed 0x5EA1, round \(round)")
            } catch {
                refusals[error, default: 0] += 1
            }
        }
        let expected: [SealError] = [.tooShort, .wrongVersion, .unknownKey, .forged]
        for refusal in expected { #expect((refusals[refusal] ?? 0) > 0, "\(refusal)") }
    }
}
