import HashRing

/// Reads the packed layouts. Past the end, and in what was not written by ``PackedWriter``, it reads zeros and notes it:
/// look at ``failed`` before believing anything.
package struct PackedReader {
    private let bytes: [UInt8]
    package private(set) var position = 0
    /// Whether something was not there, or not as it must be.
    package private(set) var failed = false

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package var atEnd: Bool { failed || position >= bytes.count }

    /// Bytes that were not read yet.
    package var remaining: Int { bytes.count - position }

    package mutating func byte() -> UInt8 {
        guard position < bytes.count else {
            failed = true
            return 0
        }
        defer { position += 1 }
        return bytes[position]
    }

    package mutating func varint() -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while shift < 70 {
            let next = byte()
            value |= UInt64(next & 0x7F) << shift
            if next & 0x80 == 0 { return value }
            shift += 7
        }
        failed = true
        return 0
    }

    package mutating func count() -> Int {
        let value = varint()
        guard value <= UInt64(Int.max) else {
            failed = true
            return 0
        }
        return Int(value)
    }

    package mutating func signed() -> Int64 {
        let value = varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    package mutating func time() -> Timestamp { Timestamp(milliseconds: signed()) }
    package mutating func optionalTime() -> Timestamp? { flag() ? time() : nil }
    package mutating func flag() -> Bool { byte() != 0 }

    package mutating func raw(_ count: Int) -> ArraySlice<UInt8> {
        guard count >= 0, count <= bytes.count - position else {
            failed = true
            return []
        }
        defer { position += count }
        return bytes[position..<position + count]
    }

    package mutating func blob() -> [UInt8] { Array(raw(count())) }

    /// `length` bytes as text, without a copy in between.
    package mutating func text(_ length: Int) -> String { String(decoding: raw(length), as: UTF8.self) }
    package mutating func text() -> String { text(count()) }
    package mutating func optionalText() -> String? { flag() ? text() : nil }

    package mutating func lease() -> LeaseID? {
        let lease = LeaseID(bytes: raw(18))
        if lease == nil { failed = true }
        return lease
    }
}
