/// One run of one sender's process: the number of its start, which only rises, and 64 random bits.
///
/// The random bits are there for what must not happen and does: a data folder that was copied, a clock that was set
/// back. Two processes that take themselves for the same start of the same node still never share a subkey, so no nonce
/// is used twice. The greater of the two is heard, by everybody.
struct Life: Hashable, Comparable, Sendable {
    let boot: UInt64
    let salt: UInt64

    static func < (left: Life, right: Life) -> Bool { (left.boot, left.salt) < (right.boot, right.salt) }
}

/// Boot, salt.
extension Life: BinaryCodable {
    static let byteCount = 16
    var encodedByteCount: Int { Self.byteCount }

    func encode(into output: inout OutputRawSpan) {
        output.put(boot)
        output.put(salt)
    }

    init(decoding input: inout RawSpan) throws(FormatError) {
        boot = try input.take(UInt64.self)
        salt = try input.take(UInt64.self)
    }
}
