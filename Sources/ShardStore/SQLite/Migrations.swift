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

    /// Brings the file up to date, in one transaction; creates its tables when it is empty. O(1) on a file that is.
    func run(on connection: Connection) throws(StoreError) {
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
        guard version < steps.count else { return }
        try connection.execute("BEGIN IMMEDIATE")
        for step in steps[version...] { try connection.execute(step) }
        try connection.execute("PRAGMA application_id = \(applicationID)")
        try connection.execute("PRAGMA user_version = \(steps.count)")
        try connection.execute("COMMIT")
    }
}
