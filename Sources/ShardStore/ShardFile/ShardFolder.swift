/// The folder of a node's shard files: which names there are, and which of them go.
///
/// A generation is never written twice: a snapshot that is installed gets the next one, so no file is ever put in the place of
/// one that may be open.
public enum ShardFolder {
    /// What lies beside a shard's file, or is on its way to become one.
    private static let endings = [".db", ".db-wal", ".db-shm", ".db-journal", ".db.part", ".db.part-journal"]

    /// The name of a shard's file: `NNNN-GENERATION.db`.
    public static func name(shard: UInt16, generation: UInt64) -> String {
        let number = String(shard)
        return "\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)-\(generation).db"
    }

    /// Deletes what no group refers to: files of other generations, of shards that are not here, and parts of files that were
    /// on their way. Names that no node writes are left alone. At start, before any file is opened.
    ///
    /// - Parameter keeping: the generation in use of each shard of which this node holds a replica.
    /// - Returns: the names deleted.
    @discardableResult
    public static func discard(in folder: String, keeping: [UInt16: UInt64]) throws(StoreError) -> [String] {
        var discarded: [String] = []
        for name in try Disk.names(in: folder) {
            guard let found = parse(name), found.isPart || keeping[found.shard] != found.generation else { continue }
            if try Disk.delete("\(folder)/\(name)") { discarded.append(name) }
        }
        if !discarded.isEmpty { try Disk.sync(folder) }
        return discarded
    }

    /// Deletes one file with what lies beside it; it must be closed. Nothing happens when there is none.
    public static func discard(shard: UInt16, generation: UInt64, in folder: String) throws(StoreError) {
        let stem = "\(folder)/\(name(shard: shard, generation: generation).dropLast(3))"
        // The database first: it must never be opened without its write-ahead file.
        for ending in endings { try Disk.delete(stem + ending) }
        try Disk.sync(folder)
    }

    /// Gives a received file its place, durably.
    ///
    /// - Throws: ``StoreError`` when there is a file of that generation already, or the disk refuses.
    public static func place(
        _ received: String, shard: UInt16, generation: UInt64, in folder: String
    ) throws(StoreError) {
        let place = "\(folder)/\(name(shard: shard, generation: generation))"
        guard !Disk.exists(place) else { throw .refused(file: place, detail: "a generation is written once") }
        try Disk.sync(received)
        try Disk.move(received, to: place)
    }

    /// What a name says, when it is one that a node writes.
    private static func parse(_ name: String) -> (shard: UInt16, generation: UInt64, isPart: Bool)? {
        guard let ending = endings.last(where: name.hasSuffix) else { return nil }
        let numbers = name.dropLast(ending.count).split(separator: "-", omittingEmptySubsequences: false)
        guard numbers.count == 2, let shard = UInt16(numbers[0]), let generation = UInt64(numbers[1]),
            name == self.name(shard: shard, generation: generation).dropLast(3) + ending
        else { return nil }
        return (shard, generation, ending.contains(".part"))
    }
}
