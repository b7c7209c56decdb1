import Foundation
import ShardStore
import Testing

@Suite("Faults of the disk are told by name, with what to do, and nothing is damaged further")
struct StoreFaultTests {
    private func folder() throws -> String {
        let path = NSTemporaryDirectory() + "faults-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func error(_ body: () throws -> Void) -> StoreError? {
        do { try body() } catch let error as StoreError { return error } catch { return nil }
        return nil
    }

    @Test("a file that is no database is left as it is")
    func noDatabase() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/node.db"
        let junk = Data(repeating: 0x41, count: 8192)
        try junk.write(to: URL(fileURLWithPath: path))
        let found = error { _ = try NodeLog(path: path) }
        guard case .corrupt? = found else {
            Issue.record("corrupt, not \(String(describing: found))")
            return
        }
        #expect("\(found.map(\.description) ?? "")".contains("restore a backup"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == junk)
    }

    @Test("a database of another program is left as it is")
    func foreign() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/x.db"
        let connection = try Connection(path: path)
        try connection.execute("CREATE TABLE other(x)")
        let found = error { _ = try NodeLog(path: path) }
        guard case .foreign? = found else {
            Issue.record("foreign, not \(String(describing: found))")
            return
        }
        #expect(try connection.number("SELECT count(*) FROM sqlite_schema") == 1)
    }

    @Test("a shard's file under another shard's name, and a log in a shard's place, are refused")
    func wrongShard() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let steps = Migrations(applicationID: 5, steps: [ShardFile.positionTable, ShardFile.clusterColumn])
        do { _ = try ShardFile(path: folder + "/1.db", shard: 1, migrations: steps) }
        guard case .foreign? = error({ _ = try ShardFile(path: folder + "/1.db", shard: 2, migrations: steps) }) else {
            Issue.record("another shard's file is refused")
            return
        }
        guard case .foreign? = error({ _ = try NodeLog(path: folder + "/1.db") }) else {
            Issue.record("a shard's file is no log")
            return
        }
    }

    @Test("a file of a later version is refused")
    func tooNew() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/node.db"
        do { _ = try NodeLog(path: path) }
        do { try Connection(path: path).execute("PRAGMA user_version = 99") }
        #expect(error { _ = try NodeLog(path: path) } == .tooNew(file: path, version: 99))
    }

    @Test("a shard's file that is open elsewhere is locked")
    func locked() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let steps = Migrations(applicationID: 5, steps: [ShardFile.positionTable, ShardFile.clusterColumn])
        let first = try ShardFile(path: folder + "/1.db", shard: 1, migrations: steps)
        let found = error { _ = try ShardFile(path: folder + "/1.db", shard: 1, migrations: steps) }
        #expect(found == .locked(file: folder + "/1.db"))
        #expect(first.committedIndex == 0)
    }

    @Test("a full disk is told as such, and what was committed before is there")
    func full() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/1.db"
        let steps = Migrations(applicationID: 5, steps: [ShardFile.positionTable + "CREATE TABLE t(x BLOB) STRICT;"])
        do {
            let file = try ShardFile(path: path, shard: 1, migrations: steps)
            try file.openTransaction()
            try file.connection.execute("INSERT INTO t VALUES(x'01')")
            try file.commit(applied: 4)
            try file.connection.execute("PRAGMA max_page_count = 10")
            try file.openTransaction()
            #expect(
                error { try file.connection.execute("INSERT INTO t VALUES(zeroblob(100000))") } == .diskFull(file: path)
            )
        }
        let file = try ShardFile(path: path, shard: 1, migrations: steps)
        #expect(file.committedIndex == 4)
        #expect(try file.connection.number("SELECT count(*) FROM t") == 1)
        try file.check()
    }

    @Test("damage inside a file is found on demand and named")
    func damaged() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/1.db"
        let steps = Migrations(
            applicationID: 5, steps: [ShardFile.positionTable + "CREATE TABLE t(k INTEGER PRIMARY KEY, x BLOB) STRICT;"]
        )
        do {
            let file = try ShardFile(path: path, shard: 1, migrations: steps)
            try file.openTransaction()
            try file.connection.execute(
                "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT INTO t SELECT i, randomblob(100) FROM n"
            )
            try file.commit(applied: 1)
            _ = try file.checkpoint()
        }
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seek(toOffset: 4096 * 6)
        try handle.write(contentsOf: Data(repeating: 0xEE, count: 4096))
        try handle.close()
        let file = try ShardFile(path: path, shard: 1, migrations: steps)
        guard case .corrupt? = error({ try file.check() }) else {
            Issue.record("the damage is found")
            return
        }
    }

    @Test("a missing folder is told as such")
    func missing() {
        guard case .cannotOpen? = error({ _ = try NodeLog(path: "/nowhere/at/all/node.db") }) else {
            Issue.record("cannot be opened")
            return
        }
    }
}
