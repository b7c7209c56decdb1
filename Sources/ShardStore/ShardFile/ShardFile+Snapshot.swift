extension ShardFile {
    /// Writes what was committed into a new file, compactly, and makes it durable. O(size of the file); everything else waits
    /// meanwhile. The new file opens as a shard's file like any other.
    ///
    /// - Throws: ``StoreError``, and leaves no file behind; this one goes on as before.
    package func snapshot(into path: String) throws(StoreError) {
        guard !Disk.exists(path) else { throw .refused(file: path, detail: "a snapshot is written into a new file") }
        do {
            let copy = try connection.prepare("VACUUM INTO ?1")
            copy.bind(1, path)
            try copy.run()
            // VACUUM INTO leaves syncing to whoever wants it.
            try Disk.sync(path)
            try Disk.syncFolder(of: path)
        } catch {
            _ = try? Disk.delete(path)
            throw error
        }
    }
}
