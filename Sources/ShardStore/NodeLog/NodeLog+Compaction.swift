extension NodeLog {
    /// Deletes a group's records up to and including `index`, oldest first, at most ``Limits/compactionRows`` of them, and
    /// moves the group's base to the last one deleted.
    ///
    /// - Parameter configuration: the one that counted at `index`, or a later one that was applied; stored with the first
    ///   step, since the entry that made it may be among those deleted. `nil` leaves the stored one.
    /// - Returns: whether there is more to delete; call again after what else waits was written.
    public func compact(
        _ group: GroupID, through index: UInt64, configuration: [UInt8]? = nil
    ) throws(StoreError) -> Bool {
        guard let log = numbers.ofGroup[group] else { return false }
        let first = try connection.prepare("SELECT min(key) FROM records WHERE key BETWEEN ?1 AND ?2")
        first.bind(1, NodeLogSchema.key(log, 0))
        first.bind(2, NodeLogSchema.key(log, index))
        figures.statements += 1
        guard try first.next(), let oldest = first.optionalInt(0) else {
            first.reset()
            return false
        }
        first.reset()
        let last = min(NodeLogSchema.key(log, index), oldest + Int64(Limits.compactionRows) - 1)
        let mark = try connection.prepare("SELECT key, term FROM records WHERE key <= ?1 ORDER BY key DESC LIMIT 1")
        mark.bind(1, last)
        figures.statements += 1
        guard try mark.next() else { return false }
        let base = (key: mark.int(0), term: mark.int(1))
        mark.reset()
        try connection.execute("BEGIN IMMEDIATE")
        let move = try connection.prepare(
            "UPDATE groups SET base_index = ?2, base_term = ?3, configuration = ifnull(?4, configuration) WHERE id = ?1"
        )
        move.bind(1, Int(group.rawValue))
        move.bind(2, Int64(bitPattern: NodeLogSchema.index(of: base.key)))
        move.bind(3, base.term)
        move.bind(4, configuration)
        try run(move)
        let delete = try connection.prepare("DELETE FROM records WHERE key BETWEEN ?1 AND ?2")
        delete.bind(1, NodeLogSchema.key(log, 0))
        delete.bind(2, base.key)
        try run(delete)
        try connection.execute("COMMIT")
        figures.transactions += 1
        mayShrink = true
        return base.key < NodeLogSchema.key(log, index)
    }

    /// Empties the write-ahead file into the database and syncs it: at a clean stop, or between two writes.
    public func checkpoint() throws(StoreError) {
        try connection.checkpoint(truncating: true)
        figures.checkpoints += 1
    }
}
