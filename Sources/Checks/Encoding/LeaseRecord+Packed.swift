/// Id, service, when it was granted, how much later its deadline is, attempt, whether it took a report, users.
extension LeaseRecord: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.lease(id)
        writer.text(service.text)
        writer.time(grantedAt)
        writer.signed(deadline.milliseconds &- grantedAt.milliseconds)
        writer.count(attempt)
        writer.flag(reported)
        users.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        let id = try reader.heldLease()
        let service = try reader.service()
        let grantedAt = reader.time()
        self.init(
            id: id, service: service, grantedAt: grantedAt,
            deadline: Timestamp(milliseconds: grantedAt.milliseconds &+ reader.signed()), attempt: try reader.tally(),
            reported: reader.flag(), users: try [UserReference](from: &reader))
    }
}

/// The counts, the state, then the rows that were not taken.
extension ReportReceipt: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        for count in [accepted, replayed, discarded, remaining] { writer.count(count) }
        writer.byte(state.code)
        rejected.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init()
        accepted = try reader.tally()
        replayed = try reader.tally()
        discarded = try reader.tally()
        remaining = try reader.tally()
        state = try reader.code()
        rejected = try [Rejected](from: &reader)
    }
}

/// The row, then why.
extension ReportReceipt.Rejected: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.count(row)
        writer.byte(reason.code)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(row: try reader.tally(), reason: try reader.code())
    }
}
