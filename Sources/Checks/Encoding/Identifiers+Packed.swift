/// Its length in a byte, then the folded name.
extension ScreenName: PackedRecord {
    func pack(into writer: inout PackedWriter) { writer.text(folded) }
    init(from reader: inout PackedReader) throws(CommandDecodingError) { self = try reader.screenName() }
}

/// Length and text.
extension ServiceName: PackedRecord {
    func pack(into writer: inout PackedWriter) { writer.text(text) }
    init(from reader: inout PackedReader) throws(CommandDecodingError) { self = try reader.service() }
}

/// A varint.
extension ClientID: PackedRecord {
    func pack(into writer: inout PackedWriter) { writer.varint(rawValue) }
    init(from reader: inout PackedReader) throws(CommandDecodingError) { self = reader.client() }
}

/// Its 18 bytes.
extension LeaseID: PackedRecord {
    func pack(into writer: inout PackedWriter) { writer.lease(self) }
    init(from reader: inout PackedReader) throws(CommandDecodingError) { self = try reader.heldLease() }
}

/// The distance from the epoch, in milliseconds.
extension Timestamp: PackedRecord {
    func pack(into writer: inout PackedWriter) { writer.time(self) }
    init(from reader: inout PackedReader) throws(CommandDecodingError) { self = reader.time() }
}
