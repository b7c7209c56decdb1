import Foundation
import ShardStore
import Testing

@Suite("A shard's files: snapshots, generations and whose they are")
struct ShardFolderTests {
    private let steps = Migrations(
        applicationID: 5, steps: [ShardFile.positionTable + "CREATE TABLE t(x BLOB) STRICT;", ShardFile.clusterColumn])

    private func shard(_ path: String?, cluster: String? = nil, creating: Bool = true) throws -> ShardFile {
        try ShardFile(path: path, shard: 1, cluster: cluster, creating: creating, migrations: steps)
    }

    private func add(_ count: Int, to file: ShardFile, applied: UInt64? = nil) throws {
        try file.openTransaction()
        try file.connection.execute(
            "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < \(count)) "
                + "INSERT INTO t SELECT randomblob(100) FROM n")
        if let applied { try file.commit(applied: applied) }
    }

    private func copy(_ file: ShardFile, into path: String) throws {
        let frozen = try file.freeze()
        defer { file.thaw() }
        try frozen.copy(into: path)
    }

    private func rows(_ file: ShardFile) throws -> Int64 { try file.connection.number("SELECT count(*) FROM t") }

    @Test("a snapshot is a shard's file like any other, as of the last commit")
    func snapshots() throws {
        let folder = try ScratchFolder("snapshot")
        let file = try shard(folder.file("0001-1.db"), cluster: "c1")
        try add(500, to: file, applied: 7)
        try copy(file, into: folder.file("0001-2.db.part"))
        try add(500, to: file, applied: 8)
        try ShardFolder.place(folder.file("0001-2.db.part"), shard: 1, generation: 2, in: folder.path)
        let copy = try shard(folder.file("0001-2.db"), cluster: "c1", creating: false)
        #expect(copy.committedIndex == 7)
        #expect(try rows(copy) == 500)
        #expect(try rows(file) == 1000)
        try copy.check()
        try add(1, to: copy, applied: 9)
        #expect(try copy.checkpoint() == 9)
    }

    /// Whether somebody holds a lock on the file, as another process would find it.
    private func isLocked(_ path: String) throws -> Bool {
        // Closed never: that would take the locks away.
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        try #require(descriptor >= 0)
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        // A lock of an open file, not of the process (`F_OFD_GETLK`): the process's own count as another's.
        try #require(fcntl(descriptor, 36, &lock) == 0)
        return lock.l_type != Int16(F_UNLCK)
    }

    @Test("the file of a shard stays locked against others after it was copied")
    func staysLocked() throws {
        let folder = try ScratchFolder("locked")
        let path = folder.file("0001-1.db")
        let file = try shard(path)
        try add(5, to: file, applied: 1)
        try copy(file, into: folder.file("a.db"))
        try copy(file, into: folder.file("b.db"))
        #expect(try isLocked(path))
        try add(5, to: file, applied: 2)
        #expect(try file.checkpoint() == 2)
    }

    @Test("a snapshot never takes the place of a file, and one that fails leaves none behind")
    func refusesSnapshots() throws {
        let folder = try ScratchFolder("refused")
        let file = try shard(folder.file("0001-1.db"))
        try add(5, to: file, applied: 1)
        guard case .refused? = storeError({ try copy(file, into: folder.file("0001-1.db")) }) else {
            Issue.record("an existing file is refused")
            return
        }
        guard case .cannotOpen? = storeError({ try copy(file, into: folder.file("none/x.db")) }) else {
            Issue.record("a missing folder is told")
            return
        }
        try add(5, to: file)
        #expect(storeError { try copy(file, into: folder.file("x.db")) } != nil, "a transaction is open")
        #expect(try folder.names.filter { $0.contains("x.db") } == [])
        try file.commit(applied: 2)
        #expect(try rows(file) == 10)
        #expect(throws: StoreError.self) {
            try ShardFolder.place(folder.file("0001-1.db"), shard: 1, generation: 1, in: folder.path)
        }
    }

    @Test(
        "a snapshot that was cut short, or is empty, or is not there, is told by name", arguments: [0, 50, 4096, 20480])
    func refusesTruncated(bytes: Int) throws {
        let folder = try ScratchFolder("truncated")
        let path = folder.file("part")
        let file = try shard(nil)
        try add(500, to: file, applied: 7)
        let image = try file.connection.image()
        try #require(image.count > 20480)
        try Data(image.prefix(bytes)).write(to: URL(fileURLWithPath: path))
        guard case .corrupt? = storeError({ _ = try shard(path, creating: false) }) else {
            Issue.record("\(bytes) bytes are no shard")
            return
        }
        guard
            case .corrupt? = storeError({
                _ = try ShardFile(image: Array(image.prefix(bytes)), shard: 1, migrations: steps)
            })
        else {
            Issue.record("\(bytes) bytes are no shard in memory either")
            return
        }
        guard case .cannotOpen? = storeError({ _ = try shard(folder.file("nothing"), creating: false) }) else {
            Issue.record("a file that is not there is not made")
            return
        }
        #expect(try folder.names == ["part"])
    }

    @Test("an image is the same shard, in memory or in a file")
    func images() throws {
        let folder = try ScratchFolder("image")
        let file = try shard(folder.file("0001-1.db"), cluster: "c1")
        try add(500, to: file, applied: 7)
        let image = try file.connection.image()
        let copy = try ShardFile(image: image, shard: 1, cluster: "c1", migrations: steps)
        #expect(copy.committedIndex == 7)
        try add(500, to: copy, applied: 8)
        #expect(try rows(copy) == 1000)
        #expect(try ShardFile(image: copy.connection.image(), shard: 1, migrations: steps).committedIndex == 8)
        try Data(image).write(to: URL(fileURLWithPath: folder.file("0001-2.db")))
        #expect(try rows(shard(folder.file("0001-2.db"), creating: false)) == 500)
        #expect(try rows(file) == 500)
    }

    @Test("a shard's file of another cluster is refused, and left as it is")
    func foreign() throws {
        let folder = try ScratchFolder("foreign")
        let path = folder.file("0001-1.db")
        do { try add(3, to: shard(path, cluster: "c1"), applied: 4) }
        guard case .foreign(_, let detail)? = storeError({ _ = try shard(path, cluster: "c2") }) else {
            Issue.record("another cluster's file is refused")
            return
        }
        #expect(detail.contains("c1") && detail.contains("c2"))
        #expect(try shard(path, cluster: "c1").committedIndex == 4)
        #expect(try shard(path).committedIndex == 4, "nobody asks")
    }

    @Test("a file that names no cluster belongs to the first that opens it, also one of the first version")
    func takesOver() throws {
        let folder = try ScratchFolder("taken")
        let path = folder.file("0001-1.db")
        let first = Migrations(applicationID: 5, steps: [ShardFile.positionTable + "CREATE TABLE t(x BLOB) STRICT;"])
        do { try add(3, to: ShardFile(path: path, shard: 1, migrations: first), applied: 4) }
        #expect(try shard(path, cluster: "c1").committedIndex == 4)
        #expect(storeError { _ = try shard(path, cluster: "c2") } != nil)
        #expect(try shard(path, cluster: "c1").committedIndex == 4)
    }

    @Test("what is refused is not brought up to date either")
    func refusesUnchanged() throws {
        let folder = try ScratchFolder("unchanged")
        let path = folder.file("0002-1.db")
        let first = Migrations(applicationID: 5, steps: [ShardFile.positionTable])
        do { _ = try ShardFile(path: path, shard: 2, migrations: first) }
        guard case .foreign? = storeError({ _ = try shard(path) }) else {
            Issue.record("another shard's file is refused")
            return
        }
        #expect(try ShardFile(path: path, shard: 2, migrations: first).committedIndex == 0)
    }

    @Test("what was not committed is not in the file after a crash")
    func crashes() throws {
        let folder = try ScratchFolder("crash")
        let path = folder.file("0001-1.db")
        do {
            let file = try shard(path, cluster: "c1")
            try add(3, to: file, applied: 4)
            try add(3, to: file)
        }
        let file = try shard(path, cluster: "c1")
        #expect(file.committedIndex == 4)
        #expect(try rows(file) == 3)
    }

    @Test("at start everything goes that no group refers to, and nothing else")
    func discards() throws {
        let folder = try ScratchFolder("discard")
        let kept = ["0001-2.db", "0001-2.db-wal", "1024-1.db", "notes.txt", "01-1.db", "0001-2.db.bak", "0001-x.db"]
        let gone = [
            "0001-1.db", "0001-1.db-shm", "0001-1.db-wal", "0001-2.db.part", "0001-3.db.part", "0002-1.db",
            "0002-1.db-journal",
        ]
        for name in kept + gone { try Data([1]).write(to: URL(fileURLWithPath: folder.file(name))) }
        #expect(try ShardFolder.discard(in: folder.path, keeping: [1: 2, 1024: 1]) == gone)
        #expect(try folder.names == kept.sorted())
        #expect(try ShardFolder.discard(in: folder.path, keeping: [1: 2, 1024: 1]) == [])
        #expect(try ShardFolder.discard(in: folder.file("nothing"), keeping: [:]) == [])
        try ShardFolder.discard(shard: 1, generation: 2, in: folder.path)
        try ShardFolder.discard(shard: 1, generation: 2, in: folder.path)
        #expect(try folder.names == kept.filter { !["0001-2.db", "0001-2.db-wal"].contains($0) }.sorted())
    }
}
