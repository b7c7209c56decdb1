/// The numbered, append-only steps that make a file's tables what this program expects.
package struct Migrations: Sendable {
    /// Marks a file as one of ours and of this kind (SQLite's `application_id`).
    let applicationID: Int32
    /// Step `n` is at `n - 1`. A step that was released never changes.
    let steps: [String]

    package init(applicationID: Int32, steps: [String]) {
        self.applicationID = applicationID
        self.steps = steps
    }

    /// Brings the file up to date and lets `claim` see to it that it is the right one, in one transaction; creates the tables
    /// of an empty file. O(1) on a file that is up to date.
    ///
    /// - Throws: what is wrong with the file, or what `claim` throws; nothing is changed then.
    func run(
        on connection: Connection, claim: ((Connection) throws(StoreError) -> Void)? = nil
    ) throws(StoreError) {
        let version = Int(try connection.number("PRAGMA user_version"))
        let found = Int32(truncatingIfNeeded: try connection.number("PRAGMA application_id"))
        if version == 0 && found == 0 {
            guard try connection.number("SELECT count(*) FROM sqlite_schema") == 0 else {
                throw .foreign(file: connection.file, detail: "it has tables of another program")
            }
        } else if found != applicationID {
            throw .foreign(file: connection.file, detail: "it is not a file of this kind")
        }
        guard version <= steps.count else { throw .tooNew(file: connection.file, version: version) }
        guard version < steps.count || claim != nil else { return }
        try connection.execute("BEGIN IMMEDIATE")
        do {
            if version < steps.count {
                for step in steps[version...] { try connection.execute(step) }
                try connection.execute("PRAGMA application_id = \(applicationID)")
                try connection.execute("PRAGMA user_version = \(steps.count)")
            }
            try claim?(connection)
        } catch {
            // What is told is why the file was refused; the transaction ends with the connection at the latest.
            try? connection.execute("ROLLBACK")
            throw error
        }
        try connection.execute("COMMIT")
    }
}
