import Consensus

/// Where the candidate's log ends, what it knows to be committed, whether it was asked to campaign.
extension Message.VoteRequest: BinaryCodable {
    package var encodedByteCount: Int { 2 * LogMark.byteCount + 1 }

    package func encode(into output: inout OutputRawSpan) {
        last.encode(into: &output)
        commit.encode(into: &output)
        output.put(isTransfer ? 1 : 0 as UInt8)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let last = try LogMark(decoding: &input)
        let commit = try LogMark(decoding: &input)
        self.init(last: last, isTransfer: try input.takeBool(), commit: commit)
    }
}
