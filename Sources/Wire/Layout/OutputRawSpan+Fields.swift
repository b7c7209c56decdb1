extension OutputRawSpan {
    /// Appends an integer at its full width, the most significant byte first.
    mutating func put(_ value: some FixedWidthInteger & BitwiseCopyable) {
        append(value.bigEndian, as: type(of: value))
    }

    /// Appends bytes as they are.
    mutating func put(_ bytes: [UInt8]) {
        precondition(bytes.count <= freeCapacity, "a value is as long as it said")
        withUnsafeMutableBytes { buffer, count in
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: $0) }
            count += bytes.count
        }
    }

    /// Appends a length of one byte and the bytes. At most 255.
    mutating func putShort(_ bytes: [UInt8]) {
        put(UInt8(bytes.count))
        put(bytes)
    }
}
