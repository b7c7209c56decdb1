/// The user's row, when it was added, tasks, verdicts, whether it was possibly renamed.
extension UserRecord: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        user.pack(into: &writer)
        writer.time(addedAt)
        tasks.pack(into: &writer)
        verdicts.pack(into: &writer)
        writer.flag(possiblyRenamed)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            user: try UserReference(from: &reader), addedAt: reader.time(), tasks: try [TaskRecord](from: &reader),
            verdicts: try [VerdictRecord](from: &reader), possiblyRenamed: reader.flag())
    }
}

/// Service, state, lane, attempt.
extension UserRecord.TaskRecord: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.text(service.text)
        writer.byte(state.code)
        writer.byte(lane.code)
        writer.count(attempt)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            service: try reader.service(), state: try reader.code(), lane: try reader.code(),
            attempt: try reader.tally())
    }
}

/// Service, verdict, whether it is conditional, from and to when, clients, leases.
extension VerdictRecord: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.text(service.text)
        writer.byte(verdict.code)
        writer.flag(conditional)
        writer.time(validFrom)
        writer.optionalTime(validTo)
        clients.pack(into: &writer)
        leases.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            service: try reader.service(), verdict: try reader.code(), conditional: reader.flag(),
            validFrom: reader.time(), validTo: reader.optionalTime(), clients: try [ClientID](from: &reader),
            leases: try [LeaseID](from: &reader))
    }
}
