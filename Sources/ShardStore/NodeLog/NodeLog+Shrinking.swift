/// The file gives back what deleted records leave: by incremental vacuum, in steps so small that no write waits long.
extension NodeLog {
    /// Does one small piece of what nobody waits for: deletes at most ``Limits/compactionRows`` records of logs that are
    /// nobody's any more, else gives at most ``Limits/pagesPerStep`` free pages back. One transaction, or nothing at all. The
    /// file itself becomes shorter with the next complete checkpoint.
    ///
    /// - Returns: whether there is more to do; call again after what else waits was written.
    public func tidy() throws(StoreError) -> Bool {
        if let log = numbers.abandoned.min() {
            try deleteSome(of: log)
            return true
        }
        return try shrink()
    }

    private func deleteSome(of log: LogNumber) throws(StoreError) {
        let delete = try connection.prepare(
            "DELETE FROM records WHERE key IN (SELECT key FROM records WHERE key BETWEEN ?1 AND ?2 ORDER BY key LIMIT ?3)"
        )
        delete.bind(1, NodeLogSchema.key(log, 0))
        delete.bind(2, NodeLogSchema.key(log, Limits.logIndex))
        delete.bind(3, Limits.compactionRows)
        try run(delete)
        if connection.changes > 0 { figures.transactions += 1 }
        if connection.changes < Limits.compactionRows { numbers.forget(log) }
        mayShrink = true
    }

    private func shrink() throws(StoreError) -> Bool {
        guard mayShrink else { return false }
        let free = Int(try connection.number("PRAGMA freelist_count"))
        figures.statements += 1
        guard free > (isShrinking ? Limits.freePages.keep : Limits.freePages.shrinkFrom),
            try connection.number("PRAGMA auto_vacuum") == Self.incremental
        else {
            mayShrink = false
            isShrinking = false
            return false
        }
        isShrinking = true
        try connection.execute("PRAGMA incremental_vacuum(\(min(Limits.pagesPerStep, free - Limits.freePages.keep)))")
        figures.statements += 1
        figures.transactions += 1
        return true
    }

    /// Prepares a file that has no table yet; later is too late.
    static func makeShrinkable(_ connection: Connection) throws(StoreError) {
        if try connection.number("PRAGMA page_count") == 0 {
            try connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        }
    }

    /// Writes a small file of a version that could not shrink anew, so that it can; a large one stays as it is.
    static func convert(_ connection: Connection) throws(StoreError) {
        guard try connection.number("PRAGMA auto_vacuum") != incremental,
            try connection.number("PRAGMA page_count") <= Limits.convertiblePages
        else { return }
        try connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        try connection.execute("VACUUM")
        try connection.checkpoint(truncating: true)
    }

    /// How SQLite numbers `auto_vacuum = INCREMENTAL`.
    private static let incremental = 2
}
