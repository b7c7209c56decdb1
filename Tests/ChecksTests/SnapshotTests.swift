import Checks
import Foundation
import HashRing
import ShardStore
import Testing

@Suite("A snapshot is the shard at one index")
struct SnapshotTests {
    private func folder() throws -> String {
        let path = NSTemporaryDirectory() + "snapshot-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func digest(_ machine: ShardMachine) throws -> [UInt8] {
        guard case .digest(let bytes) = try machine.query(.digest) else { return [] }
        return bytes
    }

    /// Some life: users, reports, a deletion, leases under way.
    private func work(_ shards: Shards, round: Int) throws {
        let one = Volunteer(1)
        try shards.add((0..<40).map { "user\(round)x\($0)" })
        for lease in try shards.lease(one, count: 3).dropLast() { try shards.report(one, lease, .dm) }
        try shards.apply(.deleteUser(name("user\(round)x3")))
        try shards.deliver()
        shards.advance(seconds: 5)
    }

    private func shards(_ folder: String?) throws -> Shards {
        var settings = ServiceSettings()
        settings.bucketSize = 8
        let shards = try Shards(folder: folder, settings: settings)
        try shards.register(Volunteer(1))
        return shards
    }

    private func open(_ path: String) throws -> ShardMachine {
        try ShardMachine(
            path: path, shard: ShardID.first, tombstoneKey: Shards.tombstoneKey, creating: false)
    }

    /// The rest of the log, as a replica gets it that started from the snapshot.
    private func follow(_ replica: ShardMachine, _ shards: Shards) throws {
        let log = shards.logs[.first] ?? []
        let entries = (Int(replica.appliedIndex)..<log.count).map {
            (index: UInt64($0 + 1), term: UInt64(1), command: [UInt8]?(log[$0]))
        }
        let outcomes = try replica.apply(entries).outcomes.map(\.outcome)
        #expect(outcomes == Array((shards.outcomes[.first] ?? []).suffix(outcomes.count)))
    }

    @Test("in a file and as bytes, what is not committed included, with the digest and the summary of the original")
    func I8_snapshotEqualsOriginal() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shards = try shards(folder)
        for round in 0..<3 { try work(shards, round: round) }
        let machine = shards[1]
        let index = try machine.copy(into: folder + "/copy.db")
        #expect(index == machine.appliedIndex)
        let bytes = try machine.snapshot()
        let original = try digest(machine)
        let file = try open(folder + "/copy.db")
        let memory = try ShardMachine(snapshot: bytes, shard: .first, tombstoneKey: Shards.tombstoneKey)
        for copy in [file, memory] {
            #expect(copy.appliedIndex == index)
            #expect(try digest(copy) == original)
            #expect(try copy.summary().ready.count == machine.summary().ready.count)
        }
    }

    @Test("taken between entries, it is of its moment; a replica that starts from it and follows the log is the same")
    func I8_appliedOn() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shards = try shards(folder)
        var taken: [(path: String, index: UInt64, digest: [UInt8], bytes: [UInt8])] = []
        for round in 0..<4 {
            try work(shards, round: round)
            let path = "\(folder)/copy\(round).db"
            let index = try shards[1].copy(into: path)
            taken.append((path, index, try digest(shards[1]), try shards[1].snapshot()))
        }
        try work(shards, round: 9)
        let end = try digest(shards[1])
        for snapshot in taken {
            let replicas = [
                try open(snapshot.path),
                try ShardMachine(snapshot: snapshot.bytes, shard: .first, tombstoneKey: Shards.tombstoneKey),
            ]
            for replica in replicas {
                #expect(replica.appliedIndex == snapshot.index)
                #expect(try digest(replica) == snapshot.digest)
                try follow(replica, shards)
                #expect(try digest(replica) == end)
            }
        }
    }

    @Test("nodes without files take and open them too")
    func inMemory() throws {
        let shards = try shards(nil)
        try work(shards, round: 0)
        let copy = try ShardMachine(
            snapshot: shards[1].snapshot(), shard: .first, tombstoneKey: Shards.tombstoneKey)
        #expect(try digest(copy) == digest(shards[1]))
        try work(shards, round: 1)
        try follow(copy, shards)
        #expect(try digest(copy) == digest(shards[1]))
        let again = try ShardMachine(snapshot: copy.snapshot(), shard: .first, tombstoneKey: Shards.tombstoneKey)
        #expect(try digest(again) == digest(copy))
    }

    @Test("after a crash a replica that was made from a snapshot goes on from its last commit")
    func crashes() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shards = try shards(folder)
        try work(shards, round: 0)
        let index = try shards[1].copy(into: folder + "/copy.db")
        try work(shards, round: 1)
        do { try follow(try open(folder + "/copy.db"), shards) }
        let replica = try open(folder + "/copy.db")
        #expect(replica.appliedIndex == index)
        try follow(replica, shards)
        #expect(try digest(replica) == digest(shards[1]))
    }

    @Test("while it is copied the machine goes on, and nothing of that is in it")
    func I8_goesOn() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shards = try shards(folder)
        try work(shards, round: 0)
        let machine = shards[1]
        let before = try digest(machine)
        let frozen = try machine.freeze()
        #expect(throws: StoreError.self) { try machine.freeze() }
        try work(shards, round: 1)
        #expect(try machine.checkpoint() == frozen.index, "the file is not touched")
        try frozen.copy(into: folder + "/copy.db")
        machine.thaw()
        let copy = try open(folder + "/copy.db")
        #expect(try digest(copy) == before)
        try follow(copy, shards)
        #expect(try digest(copy) == digest(machine))
        #expect(try machine.checkpoint() == machine.appliedIndex)
    }

    @Test("a snapshot that could not be written leaves the machine as it was")
    func survivesFailure() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shards = try shards(folder)
        try work(shards, round: 0)
        #expect(throws: StoreError.self) { try shards[1].copy(into: folder + "/nowhere/copy.db") }
        try work(shards, round: 1)
        _ = try shards[1].copy(into: folder + "/copy.db")
        #expect(try digest(open(folder + "/copy.db")) == digest(shards[1]))
    }

    @Test("a snapshot cut short, of another shard or of another cluster is refused by name")
    func refused() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shards = try shards(folder)
        try work(shards, round: 0)
        let bytes = try shards[1].snapshot()
        let cut = Array(bytes.prefix(bytes.count / 2))
        try Data(cut).write(to: URL(fileURLWithPath: folder + "/cut.db"))
        for open in [
            { _ = try self.open(folder + "/cut.db") },
            { _ = try ShardMachine(snapshot: cut, shard: .first, tombstoneKey: Shards.tombstoneKey) },
        ] {
            guard case .corrupt? = #expect(throws: StoreError.self, performing: open) else {
                Issue.record("half a file is damaged")
                return
            }
        }
        let second = try #require(ShardID(rawValue: 2))
        #expect(throws: StoreError.self) {
            try ShardMachine(snapshot: bytes, shard: second, tombstoneKey: Shards.tombstoneKey)
        }
        let mine = try ShardMachine(snapshot: bytes, shard: .first, tombstoneKey: Shards.tombstoneKey, cluster: "c1")
        #expect(try digest(mine) == digest(shards[1]), "whose it is is not part of the contents")
        let theirs = try mine.snapshot()
        #expect(throws: StoreError.self) {
            try ShardMachine(snapshot: theirs, shard: .first, tombstoneKey: Shards.tombstoneKey, cluster: "c2")
        }
    }
}

extension ShardID {
    fileprivate static var first: ShardID {
        guard let first = ShardID(rawValue: 1) else { preconditionFailure("1 is a shard") }
        return first
    }
}

extension ShardMachine {
    /// A snapshot as a file, all at once.
    fileprivate func copy(into path: String) throws -> UInt64 {
        let frozen = try freeze()
        defer { thaw() }
        try frozen.copy(into: path)
        return frozen.index
    }
}
