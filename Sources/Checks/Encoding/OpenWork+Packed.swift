import HashRing

/// Undecided slots, clients that are ending, outbox heads, whether a job waits.
extension OpenWork: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        undecided.pack(into: &writer)
        ending.pack(into: &writer)
        outbox.pack(into: &writer)
        writer.flag(jobs)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            undecided: try [ClientSlot](from: &reader), ending: try [Ending](from: &reader),
            outbox: try [OutboxHead](from: &reader), jobs: reader.flag())
    }
}

/// The client, then its ask.
extension OpenWork.ClientSlot: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.varint(client.rawValue)
        ask.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(client: reader.client(), ask: try SlotAsk(from: &reader))
    }
}

/// The client, its generation, its open slots.
extension OpenWork.Ending: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.varint(client.rawValue)
        writer.varint(generation)
        open.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(client: reader.client(), generation: reader.varint(), open: try [SlotAsk](from: &reader))
    }
}

/// The target, the first number and the last.
extension OutboxHead: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.varint(UInt64(target.rawValue))
        writer.varint(first)
        writer.varint(last)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(target: try reader.shard(), first: reader.varint(), last: reader.varint())
    }
}
