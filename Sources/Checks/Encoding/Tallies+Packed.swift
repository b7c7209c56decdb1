/// Added, existing, marked, then the rows whose account differs.
extension UserTally: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        for count in [added, existing, marked, accountMismatches.count] { writer.count(count) }
        for row in accountMismatches { writer.count(row) }
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init()
        added = try reader.tally()
        existing = try reader.tally()
        marked = try reader.tally()
        for _ in 0..<reader.count() {
            if reader.atEnd { throw .malformed("rows") }
            accountMismatches.append(try reader.tally())
        }
    }
}

/// Marked, already marked, names that no user has.
extension MarkTally: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.count(marked)
        writer.count(already)
        unknown.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init()
        marked = try reader.tally()
        already = try reader.tally()
        unknown = try [ScreenName](from: &reader)
    }
}

/// Requeued, running, names that no user has.
extension RecheckTally: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.count(requeued)
        writer.count(running)
        unknown.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init()
        requeued = try reader.tally()
        running = try reader.tally()
        unknown = try [ScreenName](from: &reader)
    }
}
