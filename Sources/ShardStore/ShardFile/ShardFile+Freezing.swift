extension ShardFile {
    /// Brings everything committed into the file itself, which stays as it is until ``thaw()``; commits go on beside it. No
    /// transaction may be open. O(what was committed since the last checkpoint).
    ///
    /// - Throws: ``StoreError``; nothing is frozen then. One that is frozen already is refused.
    package func freeze() throws(StoreError) -> FrozenFile {
        guard let path else {
            throw .refused(file: connection.file, detail: "what is in memory alone cannot be copied as a file")
        }
        guard !isFrozen, !connection.inTransaction else {
            throw .refused(file: path, detail: "one snapshot is taken at a time, between two transactions")
        }
        let index = try checkpoint()
        let file: ReadableFile
        if let readable { file = readable } else { file = try ReadableFile(path) }
        readable = file
        isFrozen = true
        return FrozenFile(index: index, file: file)
    }

    /// Whoever called ``freeze()`` has its copy, or wants none any more.
    package func thaw() { isFrozen = false }
}
