import SwiftProtobuf

extension Message {
    /// The message's bytes.
    func encodedBytes() -> [UInt8] {
        do {
            return try serializedBytes()
        } catch {
            // Only a required field left out or a message above 2 GiB can fail; the schemas have no such field, and every
            // list is bounded.
            preconditionFailure("a message can always be encoded: \(error)")
        }
    }

    /// The message that the bytes are; fields that are not known are kept apart.
    init(encodedBytes bytes: [UInt8]) throws(CommandDecodingError) {
        do { self = try Self(serializedBytes: bytes) } catch { throw .malformed("\(error)") }
    }
}
