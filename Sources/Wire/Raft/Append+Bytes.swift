import Consensus

/// What the entries follow, what is committed, and the entries after their number.
extension Message.Append: BinaryCodable {
    package var encodedByteCount: Int {
        entries.reduce(LogMark.byteCount + 8 + 4) { $0 + $1.encodedByteCount }
    }

    package func encode(into output: inout OutputRawSpan) {
        previous.encode(into: &output)
        output.put(commit.rawValue)
        output.put(UInt32(entries.count))
        var index = previous.index.next
        for entry in entries {
            precondition(entry.index == index, "the entries of an append are consecutive")
            entry.encode(into: &output)
            index = index.next
        }
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let previous = try LogMark(decoding: &input)
        let commit = LogIndex(try input.takeCounter())
        let count = Int(try input.take(UInt32.self))
        // Before anything is reserved for them: so many could stand in what is left.
        guard count <= input.byteCount / Entry.leastByteCount else { throw .cutShort }
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        var index = previous.index
        for _ in 0..<count {
            index = index.next
            entries.append(try Entry(decoding: &input, at: index))
        }
        self.init(previous: previous, entries: entries, commit: commit)
    }
}

/// The index that did not fit, and where the logs may agree.
extension Message.AppendRejection: BinaryCodable {
    package var encodedByteCount: Int { 8 + LogMark.byteCount }

    package func encode(into output: inout OutputRawSpan) {
        output.put(index.rawValue)
        hint.encode(into: &output)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let index = LogIndex(try input.takeCounter())
        self.init(index: index, hint: try LogMark(decoding: &input))
    }
}
