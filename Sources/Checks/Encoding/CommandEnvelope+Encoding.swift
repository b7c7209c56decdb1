import SwiftProtobuf
import Wire

extension CommandEnvelope {
    /// The version that this program writes and the highest that it applies.
    public static let version: UInt32 = 1

    /// The entry as it goes into the log.
    public func encoded() -> [UInt8] {
        var entry = command.entry
        entry.stamp = stamp.milliseconds
        entry.drawHigh = UInt64(truncatingIfNeeded: draw.rawValue >> 64)
        entry.drawLow = UInt64(truncatingIfNeeded: draw.rawValue)
        return entry.encodedBytes()
    }

    /// Reads an entry of the log.
    ///
    /// - Throws: ``CommandDecodingError``; the replica must halt, since skipping an entry would let replicas differ.
    public init(encoded bytes: [UInt8]) throws(CommandDecodingError) {
        let entry = try WireEntry(encodedBytes: bytes)
        self.init(
            stamp: Timestamp(milliseconds: entry.stamp),
            draw: Draw(rawValue: UInt128(entry.drawHigh) << 64 | UInt128(entry.drawLow)),
            command: try Command(entry: entry)
        )
    }
}

extension Command {
    /// The command on its way to the node that proposes it: an entry without time and draw, which are the proposer's.
    package func encoded() -> [UInt8] { entry.encodedBytes() }

    /// Reads what ``encoded()`` made, or any other bytes.
    ///
    /// - Throws: ``CommandDecodingError``; the caller is told that its command is not known here.
    package init(encoded bytes: [UInt8]) throws(CommandDecodingError) {
        self = try Command(entry: try WireEntry(encodedBytes: bytes))
    }

    /// An entry with the command alone.
    fileprivate var entry: WireEntry {
        .with {
            $0.version = CommandEnvelope.version
            $0.command = wire
        }
    }

    fileprivate init(entry: WireEntry) throws(CommandDecodingError) {
        guard entry.version == CommandEnvelope.version else { throw .unknownVersion(entry.version) }
        guard let command = entry.command else { throw .unknownCommand }
        self = try Command(wire: command)
    }
}
