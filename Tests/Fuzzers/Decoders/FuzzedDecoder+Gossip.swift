import Membership
import Wire

/// What comes by UDP, and what members compare over their links.
extension FuzzedDecoder {
    /// What is inside a sealed datagram.
    static let datagram = binary("datagram", Datagram.self)

    static let pushPull = binary("push-pull", PushPull.self)

    /// A datagram as it arrives: from a member, or from anyone.
    static let sealedDatagram = FuzzedDecoder("sealed-datagram") { bytes throws(BrokenPromise) in
        var receiver = DatagramSeal(cluster: 3, sender: 2, boot: 1, keyring: keyring, salt: 1)
        guard let (sender, plain) = try? receiver.open(bytes) else {
            try expect(receiver.senderCount == 0, "nothing is remembered of what is refused")
            return
        }
        try expect(sender == 1 && plain.count == bytes.count - DatagramSeal.overhead, "what is opened was sealed")
        try expect((try? receiver.open(bytes)) == nil, "what was opened is not opened again")
    }

    /// A value whose form in bytes is the only one.
    static func binary<Value: BinaryCodable & SendableMetatype>(_ name: String, _ type: Value.Type) -> FuzzedDecoder {
        FuzzedDecoder(name) { bytes throws(BrokenPromise) in
            guard let value = try? Value(bytes: bytes) else { return }
            try expect(value.bytes() == bytes, "a value is written as it was read")
            try expect(value.encodedByteCount == bytes.count, "a value says how long it is")
        }
    }

    /// The key under which the corpus was sealed.
    static let keyring: Keyring = {
        do {
            return try Keyring([GossipKey(number: 7, secret: Array(repeating: 9, count: 32))], primary: 7)
        } catch {
            preconditionFailure("32 bytes are a key: \(error)")
        }
    }()
}
