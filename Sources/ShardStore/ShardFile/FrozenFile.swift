/// A shard's file as of one commit, between ``ShardFile/freeze()`` and ``ShardFile/thaw()``: commits go into the write-ahead
/// file beside it, and it doesn't change, so that anybody may copy it meanwhile.
public struct FrozenFile: Sendable {
    /// The last entry whose effects are in it.
    public let index: UInt64
    let file: ReadableFile

    /// Writes it into a new file and makes that durable. O(size of the file); called from any thread, one that may wait for
    /// the disk. The new file opens as a shard's file like any other.
    ///
    /// - Throws: ``StoreError``, and leaves no file behind.
    public func copy(into path: String) throws(StoreError) {
        guard !Disk.exists(path) else { throw .refused(file: path, detail: "a snapshot is written into a new file") }
        do {
            try file.copy(into: path)
            try Disk.syncFolder(of: path)
        } catch {
            _ = try? Disk.delete(path)
            throw error
        }
    }
}
