import NIOCore

/// Finds in a lease answer what a report needs, by searching for two keys instead of decoding the JSON.
///
/// It relies on what the interface promises of the text: names and ids hold no character that JSON escapes.
enum LeaseScan {
    /// The report for a lease answer: the path to send it to, and its body. Nil if the answer grants nothing.
    struct Report {
        let lease: String
        let body: ByteBuffer
        let users: Int
    }

    private static let idKey: StaticString = "\"id\":\""
    private static let nameKey: StaticString = "\"screenName\":\""
    private static let verdicts: [StaticString] = [
        "\",\"verdict\":\"dm\"}", "\",\"verdict\":\"non_dm\"}", "\",\"verdict\":\"non_dm\"}",
        "\",\"verdict\":\"non_dm\"}", "\",\"verdict\":\"protected\"}", "\",\"verdict\":\"unknown\"}",
    ]

    static func report(for answer: ByteBuffer, allocator: ByteBufferAllocator) -> Report? {
        answer.withUnsafeReadableBytes { bytes in
            guard let id = string(after: idKey, in: bytes, from: 0) else { return nil }
            var body = allocator.buffer(capacity: 16 << 10)
            body.writeStaticString("{\"results\":[")
            var users = 0
            var index = id.upperBound
            while let name = string(after: nameKey, in: bytes, from: index) {
                body.writeStaticString(users == 0 ? "{\"screenName\":\"" : ",{\"screenName\":\"")
                body.writeBytes(UnsafeRawBufferPointer(rebasing: bytes[name]))
                body.writeStaticString(verdicts[users % verdicts.count])
                users += 1
                index = name.upperBound
            }
            body.writeStaticString("]}")
            return Report(lease: String(decoding: bytes[id], as: UTF8.self), body: body, users: users)
        }
    }

    /// The bytes between a key and the quote that ends its string.
    private static func string(after key: StaticString, in bytes: UnsafeRawBufferPointer, from start: Int) -> Range<
        Int
    >? {
        let length = key.utf8CodeUnitCount
        let pattern = UnsafeRawBufferPointer(start: key.utf8Start, count: length)
        var index = start
        while index + length < bytes.count {
            if bytes[index] == pattern[0], bytes[index + 1] == pattern[1],
                pattern.elementsEqual(UnsafeRawBufferPointer(rebasing: bytes[index..<index + length]))
            {
                let first = index + length
                var end = first
                while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += 1 }
                return first..<end
            }
            index += 1
        }
        return nil
    }
}
