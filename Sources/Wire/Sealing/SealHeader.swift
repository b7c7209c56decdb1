import Membership

/// What stands in the clear before the sealed bytes: enough to find the key that opens them. It is authenticated, and
/// the cluster's id with it.
struct SealHeader: Hashable {
    /// The layout of datagrams. Another one gets another number, and is refused by those who do not know it.
    static let version: UInt8 = 1
    static let byteCount = 1 + 4 + 16 + Life.byteCount + 8
    /// Bytes of the authentication tag (RFC 8439, section 2.8).
    static let tagByteCount = 16
    /// All that sealing adds; below ``Limits/sealBytes``.
    static let overhead = byteCount + tagByteCount

    /// The number of the key.
    let key: UInt32
    /// Who sealed it.
    let sender: UInt128
    /// In which of the sender's lives.
    let life: Life
    /// Which datagram of that life it is; the first is 1.
    let counter: UInt64
}

extension SealHeader: BinaryCodable {
    var encodedByteCount: Int { Self.byteCount }

    func encode(into output: inout OutputRawSpan) {
        output.put(Self.version)
        output.put(key)
        output.put(sender)
        life.encode(into: &output)
        output.put(counter)
    }

    /// The version has been looked at before.
    init(decoding input: inout RawSpan) throws(FormatError) {
        _ = try input.take(UInt8.self)
        key = try input.take(UInt32.self)
        sender = try input.take(UInt128.self)
        life = try Life(decoding: &input)
        counter = try input.take(UInt64.self)
    }
}
