/// An upper bound for the bytes of a message under any of the usual encodings: one tag byte a field, integers at
/// their widest (a 64-bit variable-length integer takes ten bytes), strings and nested messages with a length of two
/// bytes. An encoding within these widths keeps ``Limits/datagramBytes`` without being asked.
package enum SizeModel {
    package static let tag = 1
    package static let length = 2
    package static let integer64 = tag + 10
    package static let integer32 = tag + 5
    package static let integer16 = tag + 3
    package static let identifier = tag + length + 16
    package static let nested = tag + length

    package static func bytes(_ count: Int) -> Int { tag + length + count }
}

extension PeerAddress {
    /// Upper bound of the bytes when encoded, see `SizeModel`.
    package var encodedSize: Int { SizeModel.nested + SizeModel.bytes(host.utf8.count) + SizeModel.integer16 }
}

extension MemberRecord {
    /// Upper bound of the bytes when encoded, see `SizeModel`.
    package var encodedSize: Int {
        SizeModel.nested + SizeModel.identifier + address.encodedSize + SizeModel.integer64
            + SizeModel.bytes(application.count)
    }
}

extension Rumor {
    /// Upper bound of the bytes when encoded, see `SizeModel`.
    package var encodedSize: Int {
        switch self {
        case .alive(let record): SizeModel.nested + record.encodedSize
        case .suspect(_, _, let suspecters): Self.suspicionSize(suspecters: suspecters.count)
        case .dead, .left: Self.departureSize
        }
    }

    package static let departureSize = 2 * SizeModel.nested + SizeModel.identifier + SizeModel.integer64

    package static func suspicionSize(suspecters: Int) -> Int { departureSize + suspecters * SizeModel.identifier }
}

extension Message {
    /// Upper bound of the bytes when encoded, see `SizeModel`.
    package var encodedSize: Int {
        switch self {
        case .ping: SizeModel.nested + SizeModel.integer32 + SizeModel.identifier + SizeModel.integer64
        case .pingRequest(_, _, let address):
            SizeModel.nested + SizeModel.integer32 + SizeModel.identifier + address.encodedSize
        case .ack: SizeModel.nested + SizeModel.integer32 + SizeModel.identifier + SizeModel.integer64
        case .nack: SizeModel.nested + SizeModel.integer32
        case .gossip: SizeModel.nested
        }
    }
}

extension Datagram {
    /// Bytes of source and registry version.
    package static let headerSize = SizeModel.identifier + SizeModel.integer64

    /// Upper bound of the bytes when encoded and before it is sealed; at most ``Limits/plainBytes``.
    public var encodedSize: Int {
        rumors.reduce(Self.headerSize + message.encodedSize) { $0 + $1.encodedSize }
    }
}

extension PushPull {
    /// Upper bound of the bytes when encoded: for accounting, since a peer link bounds its frames itself.
    public var encodedSize: Int {
        let header = SizeModel.nested + sender.encodedSize + SizeModel.integer64
        switch self.content {
        case .offer: return header + SizeModel.integer64 + SizeModel.tag + 1
        case .agreement: return header
        case .state(let members, _):
            let row = SizeModel.nested + SizeModel.tag + 1 + 2 * SizeModel.integer64
            return members.reduce(header + SizeModel.tag + 1) { $0 + row + $1.record.encodedSize }
        }
    }
}
