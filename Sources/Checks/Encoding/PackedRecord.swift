import FoundationEssentials

/// A record with a packed layout: its fields one behind the other, as its conformance writes them. A layout never changes; the
/// schema gives a new one a new number.
protocol PackedRecord {
    func pack(into writer: inout PackedWriter)

    /// Reads what ``pack(into:)`` wrote. What it returns when the reader has ``PackedReader/failed`` is not to be believed.
    init(from reader: inout PackedReader) throws(CommandDecodingError)
}

extension PackedRecord {
    /// The record alone, as a field of the schema.
    var packed: WireBytes {
        var writer = PackedWriter(capacity: 128)
        pack(into: &writer)
        return WireBytes(writer.bytes)
    }

    /// Reads a field of the schema that holds one record and nothing else.
    init(packed bytes: WireBytes) throws(CommandDecodingError) {
        var reader = PackedReader([UInt8](bytes))
        self = try Self(from: &reader)
        guard !reader.failed, reader.atEnd else { throw .malformed("\(Self.self)") }
    }
}

/// How many, then one behind the other.
extension Array: PackedRecord where Element: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.count(count)
        for record in self { record.pack(into: &writer) }
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        let count = reader.count()
        self.init()
        // A count is only what someone wrote: memory follows the bytes that are there.
        reserveCapacity(Swift.min(count, reader.remaining, Limits.recordsReserved))
        for _ in 0..<count {
            if reader.atEnd { throw .malformed("\(Self.self)") }
            append(try Element(from: &reader))
        }
    }
}

/// Zero, or one and the record.
extension Optional: PackedRecord where Wrapped: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.flag(self != nil)
        self?.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self = reader.flag() ? try Wrapped(from: &reader) : nil
    }
}

/// The items, then the cursor with zero or one before it.
extension Listing: PackedRecord where Item: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        items.pack(into: &writer)
        writer.flag(next != nil)
        if let next { writer.blob(next) }
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        let items = try [Item](from: &reader)
        self.init(items: items, next: reader.flag() ? reader.blob() : nil)
    }
}
