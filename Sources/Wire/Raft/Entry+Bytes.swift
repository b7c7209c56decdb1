import Consensus

/// Term, kind, payload. The index is not sent: it is where the entry stands among those of its append.
extension Entry {
    private enum Kind: UInt8 {
        case empty
        case command
        case configuration
    }

    /// The shortest entry: an empty one.
    static let leastByteCount = 8 + 1

    var encodedByteCount: Int {
        switch payload {
        case .empty: Self.leastByteCount
        case .command(let bytes): Self.leastByteCount + 4 + bytes.count
        case .configuration(let configuration): Self.leastByteCount + configuration.encodedByteCount
        }
    }

    func encode(into output: inout OutputRawSpan) {
        output.put(term.rawValue)
        switch payload {
        case .empty: output.put(Kind.empty.rawValue)
        case .command(let bytes):
            output.put(Kind.command.rawValue)
            output.put(UInt32(bytes.count))
            output.put(bytes)
        case .configuration(let configuration):
            output.put(Kind.configuration.rawValue)
            configuration.encode(into: &output)
        }
    }

    init(decoding input: inout RawSpan, at index: LogIndex) throws(FormatError) {
        let term = Term(try input.takeCounter())
        let payload: Payload
        switch try input.takeKind(Kind.self) {
        case .empty: payload = .empty
        case .command:
            let length = Int(try input.take(UInt32.self))
            guard length <= Limits.commandBytes else { throw .commandLength(length) }
            payload = .command(try input.take(count: length))
        case .configuration: payload = .configuration(try Configuration(decoding: &input))
        }
        self.init(index: index, term: term, payload: payload)
    }
}
