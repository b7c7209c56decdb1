/// The user's row, a byte with the state in its low three bits, 0x08 when the lane is known and 0x10 when it is urgent, the
/// attempt.
extension UserListItem: PackedRecord {
    private static let hasLane: UInt8 = 0x08
    private static let urgent: UInt8 = 0x10

    func pack(into writer: inout PackedWriter) {
        user.pack(into: &writer)
        let lane = lane.map { Self.hasLane | ($0 == .urgent ? Self.urgent : 0) } ?? 0
        writer.byte(state.code | lane)
        writer.count(attempt)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        let user = try UserReference(from: &reader)
        let head = reader.byte()
        let lane: Lane? =
            switch head & ~0x07 {
            case 0: nil
            case Self.hasLane: .normal
            case Self.hasLane | Self.urgent: .urgent
            default: throw .malformed("item")
            }
        guard let state = TaskState(code: head & 0x07) else { throw .malformed("item") }
        self.init(user: user, state: state, lane: lane, attempt: try reader.tally())
    }
}

/// The user's row, a byte with the state in its low three bits, 0x08 for a conditional verdict, 0x10 when there is a verdict
/// and 0x20 when there is a moment; what the bits announce, in this order; the clients.
extension ExportRow: PackedRecord {
    private static let conditional: UInt8 = 0x08
    private static let hasVerdict: UInt8 = 0x10
    private static let hasMoment: UInt8 = 0x20

    func pack(into writer: inout PackedWriter) {
        user.pack(into: &writer)
        var head = state.code
        if conditional { head |= Self.conditional }
        if verdict != nil { head |= Self.hasVerdict }
        if validFrom != nil { head |= Self.hasMoment }
        writer.byte(head)
        if let verdict { writer.byte(verdict.code) }
        if let validFrom { writer.time(validFrom) }
        clients.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        let user = try UserReference(from: &reader)
        let head = reader.byte()
        guard head & 0xC0 == 0, let state = TaskState(code: head & 0x07) else { throw .malformed("row") }
        self.init(
            user: user, state: state, verdict: head & Self.hasVerdict == 0 ? nil : try reader.code(),
            conditional: head & Self.conditional != 0, validFrom: head & Self.hasMoment == 0 ? nil : reader.time(),
            clients: try [ClientID](from: &reader))
    }
}
