import Foundation
import ShardStore
import Testing

@Suite("The log's file does not keep what was compacted")
struct ShrinkingTests {
    private let group = GroupID(rawValue: 3)

    /// Writes 16 MiB and compacts all but the last records.
    private func used(_ path: String) throws -> NodeLog {
        let log = try foundedLog(path)
        for start in stride(from: UInt64(1), to: 4096, by: 256) {
            try log.write([LogWrite(group: group, records: records(start...start + 255, bytes: 4000))])
        }
        while try log.compact(group, through: 4090) {}
        return log
    }

    @Test("it shrinks in small steps, and its write-ahead file with it, while writes go on")
    func shrinks() throws {
        let folder = try ScratchFolder("shrinking")
        let path = folder.file("node.db")
        let log = try used(path)
        let checkpointer = try LogCheckpointer(path: path)
        _ = try checkpointer.run()
        #expect(try folder.size("node.db") > 16 << 20)
        var next: UInt64 = 4097
        var steps = 0
        while try log.tidy() {
            try log.write([LogWrite(group: group, records: records(next...next, bytes: 100))])
            next += 1
            steps += 1
            #expect(WriteAheadFile.bytes(of: path) < 64 << 20)
        }
        #expect(steps > 16 << 20 / (64 * 4096) / 2, "many small steps, not one long one")
        #expect(try checkpointer.truncate())
        #expect(WriteAheadFile.bytes(of: path) == 0)
        #expect(try folder.size("node.db") < 2 << 20)
        #expect(try log.records(of: group, from: 1).count == 6 + steps)
        #expect(try !log.tidy())
    }

    @Test("what was given back stays given back after a crash, and the records are whole")
    func shrinksDurably() throws {
        let folder = try ScratchFolder("shrunk")
        let path = folder.file("node.db")
        do {
            let log = try used(path)
            for _ in 0..<5 { _ = try log.tidy() }
        }
        let log = try NodeLog(path: path)
        while try log.tidy() {}
        try log.checkpoint()
        #expect(try folder.size("node.db") < 2 << 20)
        #expect(try log.records(of: group, from: 1).map(\.index) == Array(4091...4096))
        #expect(try Connection(path: path).text("PRAGMA integrity_check") == "ok")
    }

    @Test("an idle log's write-ahead file is emptied beside the writer, and a busy one is told from it")
    func idles() throws {
        let folder = try ScratchFolder("idle")
        let path = folder.file("node.db")
        let log = try foundedLog(path)
        let checkpointer = try LogCheckpointer(path: path)
        _ = try checkpointer.sawWrites()
        #expect(try !checkpointer.sawWrites())
        try log.write([LogWrite(group: group, records: records(1...100))])
        #expect(try checkpointer.sawWrites())
        #expect(try !checkpointer.sawWrites())
        #expect(WriteAheadFile.bytes(of: path) > 0)
        #expect(try checkpointer.truncate())
        #expect(WriteAheadFile.bytes(of: path) == 0)
        try log.write([LogWrite(group: group, records: records(101...200))])
        #expect(try log.records(of: group, from: 1).count == 200)
    }

    /// `node.db` as the first version made it.
    private static let first = """
        CREATE TABLE node(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE groups(
            id INTEGER PRIMARY KEY, replica INTEGER NOT NULL, term INTEGER NOT NULL, vote INTEGER NOT NULL,
            committed INTEGER NOT NULL, base_index INTEGER NOT NULL, base_term INTEGER NOT NULL,
            configuration BLOB NOT NULL
        ) STRICT;
        CREATE TABLE records(
            key INTEGER PRIMARY KEY, term INTEGER NOT NULL, kind INTEGER NOT NULL, payload BLOB NOT NULL
        ) STRICT;
        CREATE TABLE registry(
            id INTEGER PRIMARY KEY CHECK (id = 0), applied INTEGER NOT NULL, state BLOB NOT NULL
        ) STRICT;
        PRAGMA application_id = 1684890444;
        PRAGMA user_version = 1;
        INSERT INTO node VALUES('cluster', 'c1');
        INSERT INTO groups VALUES(0, 1, 2, 1, 7, 5, 2, x'0102'), (3, 1, 2, 1, 7, 5, 2, x'0102');
        INSERT INTO records VALUES(3 << 47 | 6, 2, 1, x'AA'), (3 << 47 | 7, 2, 1, x'BB');
        """

    @Test("a file of the first version keeps what it holds and can shrink from then on")
    func migrates() throws {
        let folder = try ScratchFolder("migrated")
        let path = folder.file("node.db")
        do {
            let connection = try Connection(path: path)
            try connection.execute("PRAGMA journal_mode = WAL")
            try connection.execute(Self.first)
        }
        let log = try NodeLog(path: path)
        #expect(try log.groups().map(\.generation) == [1, 1])
        #expect(try log.groups().map(\.baseIndex) == [5, 5])
        #expect(try log.records(of: group, from: 6).map(\.payload) == [[0xAA], [0xBB]])
        #expect(try !log.tidy())
        #expect(try Connection(path: path).number("PRAGMA auto_vacuum") == 2)
        try log.write([LogWrite(group: group, truncateFrom: 7, records: records(7...8, term: 3))])
        #expect(try log.records(of: group, from: 6).map(\.term) == [2, 3, 3])
    }
}
