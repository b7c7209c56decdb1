import Membership

/// A kind, then its fields.
extension Message: BinaryCodable {
    private enum Kind: UInt8 {
        case ping = 1
        case pingRequest
        case ack
        case nack
        case gossip
    }

    package var encodedByteCount: Int {
        switch self {
        case .ping, .ack: 1 + 4 + MemberID.byteCount + 8
        case .pingRequest(_, _, let address): 1 + 4 + MemberID.byteCount + address.encodedByteCount
        case .nack: 1 + 4
        case .gossip: 1
        }
    }

    package func encode(into output: inout OutputRawSpan) {
        switch self {
        case .ping(let sequence, let target, let digest):
            Self.encode(.ping, sequence, target, into: &output)
            output.put(digest.rawValue)
        case .pingRequest(let sequence, let target, let address):
            Self.encode(.pingRequest, sequence, target, into: &output)
            address.encode(into: &output)
        case .ack(let sequence, let member, let digest):
            Self.encode(.ack, sequence, member, into: &output)
            output.put(digest.rawValue)
        case .nack(let sequence):
            output.put(Kind.nack.rawValue)
            output.put(sequence.rawValue)
        case .gossip: output.put(Kind.gossip.rawValue)
        }
    }

    private static func encode(
        _ kind: Kind, _ sequence: ProbeSequence, _ member: MemberID, into output: inout OutputRawSpan
    ) {
        output.put(kind.rawValue)
        output.put(sequence.rawValue)
        member.encode(into: &output)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let kind = try input.takeKind(Kind.self)
        guard kind != .gossip else {
            self = .gossip
            return
        }
        let sequence = ProbeSequence(rawValue: try input.take(UInt32.self))
        switch kind {
        case .ping:
            let target = try MemberID(decoding: &input)
            self = .ping(sequence, target: target, digest: ViewDigest(rawValue: try input.take(UInt64.self)))
        case .pingRequest:
            let target = try MemberID(decoding: &input)
            self = .pingRequest(sequence, target: target, address: try PeerAddress(decoding: &input))
        case .ack:
            let member = try MemberID(decoding: &input)
            self = .ack(sequence, member: member, digest: ViewDigest(rawValue: try input.take(UInt64.self)))
        case .nack, .gossip: self = .nack(sequence)
        }
    }
}
