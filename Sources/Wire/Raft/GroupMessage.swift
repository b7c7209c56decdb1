import Consensus

/// A message, and the number of the group that it is of: 0 the registry's, otherwise a shard's.
package struct GroupMessage: Hashable, Sendable {
    /// The group's number.
    package let group: UInt16
    /// What one of its replicas says to another.
    package let message: Message

    /// Names the group that `message` is of.
    package init(group: UInt16, message: Message) {
        self.group = group
        self.message = message
    }
}

/// Group, message.
extension GroupMessage: BinaryCodable {
    package var encodedByteCount: Int { 2 + message.encodedByteCount }

    package func encode(into output: inout OutputRawSpan) {
        output.put(group)
        message.encode(into: &output)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let group = try input.take(UInt16.self)
        self.init(group: group, message: try Message(decoding: &input))
    }
}

/// What one frame of a peer link carries: messages of any groups, one behind the other to the end. Its size is bounded
/// by the frame's.
extension [GroupMessage]: BinaryCodable {
    package var encodedByteCount: Int { reduce(0) { $0 + $1.encodedByteCount } }

    package func encode(into output: inout OutputRawSpan) {
        for message in self { message.encode(into: &output) }
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        self.init()
        while !input.isEmpty { append(try GroupMessage(decoding: &input)) }
    }
}
