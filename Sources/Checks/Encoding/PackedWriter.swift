/// Writes the packed layouts: rows that come by the hundred, and the records in the tables.
package struct PackedWriter {
    package private(set) var bytes: [UInt8] = []

    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    package mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// Seven bits a byte, lowest first; the top bit says that more follow.
    package mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    package mutating func count(_ value: Int) { varint(UInt64(max(0, value))) }

    /// A number that may be negative: small magnitudes stay small.
    package mutating func signed(_ value: Int64) { varint(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    package mutating func time(_ value: Timestamp) { signed(value.milliseconds) }

    /// A moment or none: zero, or one and the moment.
    package mutating func optionalTime(_ value: Timestamp?) {
        byte(value == nil ? 0 : 1)
        if let value { time(value) }
    }

    package mutating func flag(_ value: Bool) { byte(value ? 1 : 0) }

    package mutating func raw(_ value: some Collection<UInt8>) { bytes.append(contentsOf: value) }

    /// Length, then the bytes.
    package mutating func blob(_ value: some Collection<UInt8>) {
        count(value.count)
        raw(value)
    }

    package mutating func text(_ value: String) { blob(value.utf8) }

    package mutating func optionalText(_ value: String?) {
        flag(value != nil)
        if let value { text(value) }
    }

    package mutating func lease(_ value: LeaseID) { raw(value.bytes) }
}
