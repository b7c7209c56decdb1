import Wire

extension CommandEnvelope {
    /// The version that this program writes and the highest that it applies.
    public static let version: UInt32 = 1

    /// The entry as it goes into the log.
    public func encoded() -> [UInt8] {
        var entry = WireEntry()
        entry.version = Self.version
        entry.stamp = stamp.milliseconds
        entry.drawHigh = UInt64(truncatingIfNeeded: draw.rawValue >> 64)
        entry.drawLow = UInt64(truncatingIfNeeded: draw.rawValue)
        entry.command = command.wire
        do {
            return try entry.bytes()
        } catch {
            // Only a required field left out or a message above 2 GiB can fail; the schema has no such field, and every
            // list in a command is bounded.
            preconditionFailure("a command can always be encoded: \(error)")
        }
    }

    /// Reads an entry of the log.
    ///
    /// - Throws: ``CommandDecodingError``; the replica must halt, since skipping an entry would let replicas differ.
    public init(encoded bytes: [UInt8]) throws(CommandDecodingError) {
        let entry: WireEntry
        do { entry = try WireEntry(bytes: bytes) } catch { throw .malformed("\(error)") }
        guard entry.version == Self.version else { throw .unknownVersion(entry.version) }
        guard let command = entry.command else { throw .unknownCommand }
        self.init(
            stamp: Timestamp(milliseconds: entry.stamp),
            draw: Draw(rawValue: UInt128(entry.drawHigh) << 64 | UInt128(entry.drawLow)),
            command: try Command(wire: command)
        )
    }
}
