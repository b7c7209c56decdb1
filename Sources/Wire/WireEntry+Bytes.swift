import SwiftProtobuf

extension WireEntry {
    /// The entry as it is written into the log.
    package func bytes() throws -> [UInt8] { try serializedBytes() }

    /// Reads an entry back; fields that are not known are dropped.
    package init(bytes: [UInt8]) throws { try self.init(serializedBytes: bytes) }
}
