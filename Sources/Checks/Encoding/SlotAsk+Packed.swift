/// Slot, lease, lane, allowance.
extension SlotAsk: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.varint(slot.rawValue)
        writer.lease(lease)
        writer.byte(lane.code)
        writer.count(allowance)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            slot: reader.slot(), lease: try reader.heldLease(), lane: try reader.code(), allowance: try reader.tally())
    }
}

/// The ask, then whether it was granted and whether it is undecided.
extension ReplayedSlot: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        ask.pack(into: &writer)
        writer.flag(granted)
        writer.flag(undecided)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(ask: try SlotAsk(from: &reader), granted: reader.flag(), undecided: reader.flag())
    }
}

/// Cap, outstanding, slots, the wait if any, whether there may be more, the replay if any.
extension ReserveAnswer: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.count(cap)
        writer.count(outstanding)
        slots.pack(into: &writer)
        writer.flag(retryAfterSeconds != nil)
        if let retryAfterSeconds { writer.count(retryAfterSeconds) }
        writer.flag(more)
        replay.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            cap: try reader.tally(), outstanding: try reader.tally(), slots: try [SlotAsk](from: &reader),
            retryAfterSeconds: reader.flag() ? try reader.tally() : nil)
        more = reader.flag()
        replay = try [ReplayedSlot]?(from: &reader)
    }
}
