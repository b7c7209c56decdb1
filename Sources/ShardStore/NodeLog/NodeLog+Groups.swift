/// Replicas come and go, each inside the transaction of ``NodeLog/write(_:)``. However long the log that goes is, that costs
/// one row: it gets abandoned, and ``NodeLog/tidy()`` deletes it bit by bit.
extension NodeLog {
    /// Begins a replica with an empty log.
    func create(_ group: StoredGroup) throws(StoreError) {
        try remove(group.group)
        let insert = try connection.prepare(
            """
            INSERT INTO groups(id, replica, term, vote, committed, base_index, base_term, configuration, generation, log)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """)
        insert.bind(1, Int(group.group.rawValue))
        insert.bind(2, Int64(bitPattern: group.replica))
        insert.bind(3, Int64(bitPattern: group.hardState.term))
        insert.bind(4, Int64(bitPattern: group.hardState.vote))
        insert.bind(5, Int64(bitPattern: group.hardState.commit))
        insert.bind(6, Int64(bitPattern: group.baseIndex))
        insert.bind(7, Int64(bitPattern: group.baseTerm))
        insert.bind(8, group.configuration)
        insert.bind(9, Int64(bitPattern: group.generation))
        insert.bind(10, Int(try newLog(for: group.group).rawValue))
        try run(insert)
    }

    /// Ends a replica, if there is one. Group 0 takes the registry's state along.
    func remove(_ group: GroupID) throws(StoreError) {
        numbers.abandon(logOf: group)
        mayShrink = true
        let delete = try connection.prepare("DELETE FROM groups WHERE id = ?1")
        delete.bind(1, Int(group.rawValue))
        try run(delete)
        if group.rawValue == 0 { try run(try connection.prepare("DELETE FROM registry")) }
    }

    /// Puts a snapshot in the place of the log.
    func install(_ installation: LogWrite.Installation, for group: GroupID) throws(StoreError) {
        numbers.abandon(logOf: group)
        mayShrink = true
        let update = try connection.prepare(
            """
            UPDATE groups SET base_index = ?2, base_term = ?3, configuration = ?4, generation = ?5, log = ?6 WHERE id = ?1
            """)
        update.bind(1, Int(group.rawValue))
        update.bind(2, Int64(bitPattern: installation.baseIndex))
        update.bind(3, Int64(bitPattern: installation.baseTerm))
        update.bind(4, installation.configuration)
        update.bind(5, Int64(bitPattern: installation.generation))
        update.bind(6, Int(try newLog(for: group).rawValue))
        try run(update)
        try require(group)
    }

    private func newLog(for group: GroupID) throws(StoreError) -> LogNumber {
        guard let log = numbers.assign(to: group) else {
            throw .refused(file: connection.file, detail: "every log number is in use")
        }
        return log
    }
}
