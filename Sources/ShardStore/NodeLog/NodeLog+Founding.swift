extension NodeLog {
    /// Writes the node's identity and the groups it starts with, as one transaction.
    ///
    /// - Throws: ``StoreError/foreign(file:detail:)`` when the file was founded before: nothing else ever writes an
    ///   identity.
    public func found(values: [(key: String, value: String)], groups: [StoredGroup]) throws(StoreError) {
        guard try connection.number("SELECT count(*) FROM node") == 0 else {
            throw .foreign(file: connection.file, detail: "it already has an identity")
        }
        try connection.execute("BEGIN IMMEDIATE")
        let insert = try connection.prepare("INSERT INTO node VALUES(?1, ?2)")
        for (key, value) in values {
            insert.bind(1, key)
            insert.bind(2, value)
            try run(insert)
        }
        for group in groups { try create(group) }
        try connection.execute("COMMIT")
        figures.transactions += 1
    }

    /// One fact of the node's identity, as ``found(values:groups:)`` or ``set(_:for:)`` wrote it.
    public func value(for key: String) throws(StoreError) -> String? {
        let select = try connection.prepare("SELECT value FROM node WHERE key = ?1")
        select.bind(1, key)
        figures.statements += 1
        return try select.next() ? select.text(0) : nil
    }

    /// Replaces one fact of the node's identity. Durable on return.
    public func set(_ value: String, for key: String) throws(StoreError) {
        let upsert = try connection.prepare(
            "INSERT INTO node VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = ?2")
        upsert.bind(1, key)
        upsert.bind(2, value)
        try run(upsert)
        figures.transactions += 1
    }
}
