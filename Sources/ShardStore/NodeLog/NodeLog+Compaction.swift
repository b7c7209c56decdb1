extension NodeLog {
    /// Deletes a group's records up to and including `index`, oldest first, at most ``Limits/compactionRows`` of them, and
    /// moves the group's base to the last one deleted.
    ///
    /// - Returns: whether there is more to delete; call again after what else waits was written.
    public func compact(_ group: GroupID, through index: UInt64) throws(StoreError) -> Bool {
        let first = try connection.prepare("SELECT min(key) FROM records WHERE key BETWEEN ?1 AND ?2")
        first.bind(1, NodeLogSchema.key(group, 0))
        first.bind(2, NodeLogSchema.key(group, index))
        figures.statements += 1
        guard try first.next(), let oldest = first.optionalInt(0) else {
            first.reset()
            return false
        }
        first.reset()
        let last = min(NodeLogSchema.key(group, index), oldest + Int64(Limits.compactionRows) - 1)
        let mark = try connection.prepare("SELECT key, term FROM records WHERE key <= ?1 ORDER BY key DESC LIMIT 1")
        mark.bind(1, last)
        figures.statements += 1
        guard try mark.next() else { return false }
        let base = (key: mark.int(0), term: mark.int(1))
        mark.reset()
        try connection.execute("BEGIN IMMEDIATE")
        let move = try connection.prepare("UPDATE groups SET base_index = ?2, base_term = ?3 WHERE id = ?1")
        move.bind(1, Int(group.rawValue))
        move.bind(2, Int64(bitPattern: NodeLogSchema.index(of: base.key)))
        move.bind(3, base.term)
        try run(move)
        let delete = try connection.prepare("DELETE FROM records WHERE key BETWEEN ?1 AND ?2")
        delete.bind(1, NodeLogSchema.key(group, 0))
        delete.bind(2, base.key)
        try run(delete)
        try connection.execute("COMMIT")
        figures.transactions += 1
        return base.key < NodeLogSchema.key(group, index)
    }

    /// Empties the write-ahead file into the database and syncs it: at a clean stop, or between two writes.
    public func checkpoint() throws(StoreError) {
        try connection.checkpoint(truncating: true)
        figures.checkpoints += 1
    }
}
