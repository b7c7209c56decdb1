import Membership

/// A kind, then what is said; suspecters after their number.
extension Rumor: BinaryCodable {
    private enum Kind: UInt8 {
        case alive = 1
        case suspect
        case dead
        case left
    }

    package var encodedByteCount: Int {
        let about = MemberID.byteCount + Incarnation.byteCount
        return switch self {
        case .alive(let record): 1 + record.encodedByteCount
        case .suspect(_, _, let suspecters): 1 + about + 1 + suspecters.count * MemberID.byteCount
        case .dead, .left: 1 + about
        }
    }

    package func encode(into output: inout OutputRawSpan) {
        switch self {
        case .alive(let record):
            output.put(Kind.alive.rawValue)
            record.encode(into: &output)
        case .suspect(let id, let incarnation, let suspecters):
            Self.encode(.suspect, id, incarnation, into: &output)
            output.put(UInt8(suspecters.count))
            for suspecter in suspecters { suspecter.encode(into: &output) }
        case .dead(let id, let incarnation): Self.encode(.dead, id, incarnation, into: &output)
        case .left(let id, let incarnation): Self.encode(.left, id, incarnation, into: &output)
        }
    }

    private static func encode(
        _ kind: Kind, _ id: MemberID, _ incarnation: Incarnation, into output: inout OutputRawSpan
    ) {
        output.put(kind.rawValue)
        id.encode(into: &output)
        incarnation.encode(into: &output)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        switch try input.takeKind(Kind.self) {
        case .alive: self = .alive(try MemberRecord(decoding: &input))
        case .suspect:
            let id = try MemberID(decoding: &input)
            let incarnation = try Incarnation(decoding: &input)
            var suspecters: [MemberID] = []
            for _ in 0..<(try input.take(UInt8.self)) { suspecters.append(try MemberID(decoding: &input)) }
            self = .suspect(id, incarnation, by: suspecters)
        case .dead: self = .dead(try MemberID(decoding: &input), try Incarnation(decoding: &input))
        case .left: self = .left(try MemberID(decoding: &input), try Incarnation(decoding: &input))
        }
        do { try validate() } catch { throw .refused(error) }
    }
}
