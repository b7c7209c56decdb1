/// A value with exactly one form in bytes: fields in their order, integers at full width and big-endian, lists and
/// texts after their length. Decoding is total: any bytes give a value or a ``FormatError``, and what decodes encodes to
/// the bytes that it came from.
package protocol BinaryCodable {
    /// The length of that form, exactly.
    var encodedByteCount: Int { get }
    /// Writes it. `output` must have room for `encodedByteCount` bytes.
    func encode(into output: inout OutputRawSpan)
    /// Takes a value off the front of `input`.
    init(decoding input: inout RawSpan) throws(FormatError)
}

extension BinaryCodable {
    /// The value in bytes.
    package func bytes() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: encodedByteCount) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            var output = OutputRawSpan(buffer: raw, initializedCount: 0)
            encode(into: &output)
            count = output.finalize(for: raw)
        }
    }

    /// Reads a value that all of `span` is.
    package init(span: RawSpan) throws(FormatError) {
        var input = span
        try self.init(decoding: &input)
        guard input.isEmpty else { throw .leftOver(input.byteCount) }
    }

    /// Reads a value that all of `bytes` are.
    package init(bytes: [UInt8]) throws(FormatError) {
        try self.init(span: bytes.span.bytes)
    }
}
