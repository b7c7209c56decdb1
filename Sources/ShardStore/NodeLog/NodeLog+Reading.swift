extension NodeLog {
    /// All groups, by number.
    public func groups() throws(StoreError) -> [StoredGroup] {
        let select = try connection.prepare(
            "SELECT id, replica, term, vote, committed, base_index, base_term, configuration, generation FROM groups ORDER BY id"
        )
        var groups: [StoredGroup] = []
        while try select.next() {
            groups.append(
                StoredGroup(
                    group: GroupID(rawValue: UInt16(truncatingIfNeeded: select.int(0))),
                    replica: UInt64(bitPattern: select.int(1)),
                    hardState: LogWrite.HardState(
                        term: UInt64(bitPattern: select.int(2)), vote: UInt64(bitPattern: select.int(3)),
                        commit: UInt64(bitPattern: select.int(4))),
                    baseIndex: UInt64(bitPattern: select.int(5)), baseTerm: UInt64(bitPattern: select.int(6)),
                    configuration: select.blob(7), generation: UInt64(bitPattern: select.int(8))
                ))
        }
        return groups
    }

    /// A group's records from `index` on, in order: as many as fit `limit` bytes of payload, at least one if there is any.
    ///
    /// - Throws: ``StoreError/corrupt(file:detail:)`` when there is a gap.
    public func records(
        of group: GroupID, from index: UInt64, limit: Int = 4 << 20
    ) throws(StoreError) -> [LogRecord] {
        guard let log = numbers.ofGroup[group] else { return [] }
        let select = try connection.prepare(
            "SELECT key, term, kind, payload FROM records WHERE key BETWEEN ?1 AND ?2 ORDER BY key")
        select.bind(1, NodeLogSchema.key(log, index))
        select.bind(2, NodeLogSchema.key(log, Limits.logIndex))
        figures.statements += 1
        var records: [LogRecord] = []
        var bytes = 0
        while try select.next() {
            let record = LogRecord(
                index: NodeLogSchema.index(of: select.int(0)), term: UInt64(bitPattern: select.int(1)),
                kind: UInt8(truncatingIfNeeded: select.int(2)), payload: select.blob(3))
            guard record.index == (records.last?.index).map({ $0 + 1 }) ?? record.index else {
                select.reset()
                throw .corrupt(
                    file: connection.file, detail: "group \(group.rawValue) lacks record \(record.index - 1)")
            }
            bytes += record.payload.count
            if bytes > limit && !records.isEmpty {
                select.reset()
                break
            }
            records.append(record)
        }
        return records
    }

    /// The registry's state last written.
    public func registryState() throws(StoreError) -> LogWrite.RegistryState? {
        let select = try connection.prepare("SELECT applied, state FROM registry")
        guard try select.next() else { return nil }
        let state = LogWrite.RegistryState(applied: UInt64(bitPattern: select.int(0)), bytes: select.blob(1))
        select.reset()
        return state
    }
}
