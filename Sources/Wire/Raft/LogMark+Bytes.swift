import Consensus

/// Index, term.
extension LogMark: BinaryCodable {
    package var encodedByteCount: Int { Self.byteCount }
    static let byteCount = 16

    package func encode(into output: inout OutputRawSpan) {
        output.put(index.rawValue)
        output.put(term.rawValue)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        self.init(index: LogIndex(try input.takeCounter()), term: Term(try input.takeCounter()))
    }
}
