/// Reading takes fields off the front, so that what is left is always what has not been read.
extension RawSpan {
    /// Takes an integer at its full width, the most significant byte first.
    mutating func take<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type
    ) throws(FormatError) -> Value {
        let width = MemoryLayout<Value>.size
        guard byteCount >= width else { throw .cutShort }
        let value = unsafeLoadUnaligned(as: Value.self)
        self = extracting(droppingFirst: width)
        return Value(bigEndian: value)
    }

    /// Takes this many bytes: the one copy that a payload costs.
    mutating func take(count: Int) throws(FormatError) -> [UInt8] {
        guard byteCount >= count else { throw .cutShort }
        let bytes = extracting(first: count).withUnsafeBytes { [UInt8]($0) }
        self = extracting(droppingFirst: count)
        return bytes
    }

    /// Takes a length of one byte, and so many bytes.
    mutating func takeShort() throws(FormatError) -> [UInt8] {
        try take(count: Int(take(UInt8.self)))
    }

    /// Takes a term, an index or a round.
    mutating func takeCounter() throws(FormatError) -> UInt64 {
        let value = try take(UInt64.self)
        guard value <= WireLimits.counter else { throw .counterOutOfRange(value) }
        return value
    }

    /// Takes the number of a kind.
    mutating func takeKind<Kind: RawRepresentable<UInt8>>(_ type: Kind.Type) throws(FormatError) -> Kind {
        let number = try take(UInt8.self)
        guard let kind = Kind(rawValue: number) else { throw .unknownKind(number) }
        return kind
    }

    /// Takes a yes (1) or a no (0).
    mutating func takeBool() throws(FormatError) -> Bool {
        let number = try take(UInt8.self)
        guard number <= 1 else { throw .unknownKind(number) }
        return number == 1
    }
}
