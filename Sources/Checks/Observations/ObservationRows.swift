/// What one report said, as it is stored: a compact record instead of a row for each user.
///
/// By position: the distance to the position before (less one) as a varint; a byte with the verdict in its low three bits,
/// 0x08 for `followsChecker`, 0x10 for `checkedAt`, 0x20 for a note; then the moment as its distance from the report's time,
/// and the note.
struct ObservationRows {
    struct Row: Equatable {
        var position: Int
        var verdict: Verdict
        var followsChecker: Bool
        var checkedAt: Timestamp?
        var note: String?

        /// A `dm` from someone the user follows says nothing about others.
        var isConditional: Bool { verdict == .dm && followsChecker }

        /// Whether a client that says this says the same.
        func agrees(with result: ReportedResult) -> Bool {
            verdict == result.verdict && followsChecker == result.followsChecker
        }
    }

    static func pack(_ rows: [Row], at: Timestamp) -> [UInt8] {
        var writer = PackedWriter(capacity: rows.count * 2)
        var next = 0
        for row in rows {
            writer.count(row.position - next)
            next = row.position + 1
            var byte = row.verdict.rawValue
            if row.followsChecker { byte |= 0x08 }
            if row.checkedAt != nil { byte |= 0x10 }
            if row.note != nil { byte |= 0x20 }
            writer.byte(byte)
            if let moment = row.checkedAt { writer.signed(at.milliseconds &- moment.milliseconds) }
            if let note = row.note { writer.text(note) }
        }
        return writer.bytes
    }

    static func unpack(_ bytes: [UInt8], at: Timestamp) -> [Row] {
        var reader = PackedReader(bytes)
        var rows: [Row] = []
        rows.reserveCapacity(bytes.count / 2)
        var next = 0
        while !reader.atEnd {
            let position = next + reader.count()
            next = position + 1
            let byte = reader.byte()
            let moment = byte & 0x10 == 0 ? nil : Timestamp(milliseconds: at.milliseconds &- reader.signed())
            let note = byte & 0x20 == 0 ? nil : reader.text()
            guard let verdict = Verdict(rawValue: byte & 0x07), !reader.failed else { break }
            rows.append(
                Row(
                    position: position, verdict: verdict, followsChecker: byte & 0x08 != 0, checkedAt: moment,
                    note: note))
        }
        return rows
    }
}
