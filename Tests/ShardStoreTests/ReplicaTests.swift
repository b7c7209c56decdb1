import ShardStore
import Testing

@Suite("Replicas come and go in one log")
struct ReplicaTests {
    private let group = GroupID(rawValue: 3)

    private func found(_ log: NodeLog) throws -> StoredGroup? { try log.groups().first { $0.group == group } }

    private func settle(_ log: NodeLog) throws -> Int {
        var steps = 0
        while try log.tidy() { steps += 1 }
        return steps
    }

    @Test("a group that was not founded here is created, with what it writes first, in one transaction")
    func creates() throws {
        let log = try foundedLog(nil, groups: 0...0)
        let before = log.figures.transactions
        try log.write([
            LogWrite(
                group: group, hardState: LogWrite.HardState(term: 2, vote: 0, commit: 0), records: records(1...3),
                create: storedGroup(3, replica: 17, generation: 4))
        ])
        #expect(log.figures.transactions == before + 1)
        let created = try #require(try found(log))
        #expect(created.replica == 17 && created.generation == 4 && created.hardState.term == 2)
        #expect(try log.records(of: group, from: 1).count == 3)
    }

    @Test("a removed replica leaves nothing that can be read, also after a restart before its records are deleted")
    func removes() throws {
        let folder = try ScratchFolder("removed")
        do {
            let log = try foundedLog(folder.file("node.db"))
            try log.write([
                LogWrite(group: group, records: records(1...2500)),
                LogWrite(group: GroupID(rawValue: 2), records: records(1...10)),
            ])
            try log.write([LogWrite(group: group, remove: true)])
            #expect(try found(log) == nil)
            #expect(try log.records(of: group, from: 1).isEmpty)
        }
        let log = try NodeLog(path: folder.file("node.db"))
        #expect(try found(log) == nil)
        #expect(try log.records(of: group, from: 1).isEmpty)
        #expect(try settle(log) == 3, "a thousand records a step")
        #expect(try log.records(of: GroupID(rawValue: 2), from: 1).count == 10)
    }

    @Test("a replica created again under another id never sees the records of the one before it")
    func createsAgain() throws {
        let folder = try ScratchFolder("again")
        let path = folder.file("node.db")
        do {
            let log = try foundedLog(path)
            try log.write([LogWrite(group: group, records: records(1...2500, term: 1))])
            try log.write([LogWrite(group: group, remove: true)])
            _ = try log.tidy()
            try log.write([
                LogWrite(group: group, records: records(1...5, term: 9), create: storedGroup(3, replica: 20))
            ])
            #expect(try log.records(of: group, from: 1) == records(1...5, term: 9))
        }
        let log = try NodeLog(path: path)
        #expect(try log.records(of: group, from: 1) == records(1...5, term: 9))
        #expect(try settle(log) > 0)
        try log.write([LogWrite(group: group, truncateFrom: 4, records: records(4...6, term: 10))])
        #expect(try log.records(of: group, from: 1).map(\.term) == [9, 9, 9, 10, 10, 10])
        #expect(try log.compact(group, through: 2, configuration: [4]) == false)
        #expect(try found(log)?.baseIndex == 2 && found(log)?.configuration == [4] && found(log)?.replica == 20)
    }

    @Test("removed and created in one write, again and again, before anything is deleted")
    func createsOften() throws {
        let log = try foundedLog(nil)
        for replica in 10...20 as ClosedRange<UInt64> {
            try log.write([
                LogWrite(
                    group: group, records: records(1...50, term: replica), create: storedGroup(3, replica: replica),
                    remove: true)
            ])
            #expect(try log.records(of: group, from: 1).map(\.term) == Array(repeating: replica, count: 50))
        }
        #expect(try settle(log) == 11, "ten with records, and the founded one without")
        #expect(try log.records(of: group, from: 1).count == 50)
        #expect(try log.records(of: GroupID(rawValue: 2), from: 1).isEmpty)
    }

    @Test("an installed snapshot takes the place of the whole log, and its file's generation with it")
    func installs() throws {
        let folder = try ScratchFolder("installed")
        let path = folder.file("node.db")
        do {
            let log = try foundedLog(path)
            try log.write([LogWrite(group: group, records: records(1...1500))])
            try log.write([
                LogWrite(
                    group: group, hardState: LogWrite.HardState(term: 6, vote: 0, commit: 4000),
                    records: records(4001...4002, term: 6),
                    install: LogWrite.Installation(
                        baseIndex: 4000, baseTerm: 5, configuration: [7, 7], generation: 2))
            ])
        }
        let log = try NodeLog(path: path)
        let group = try #require(try found(log))
        #expect(group.baseIndex == 4000 && group.baseTerm == 5 && group.generation == 2)
        #expect(group.configuration == [7, 7] && group.replica == 1 && group.hardState.commit == 4000)
        #expect(try log.records(of: group.group, from: 1).map(\.index) == [4001, 4002])
        #expect(try settle(log) == 2)
        #expect(try log.records(of: group.group, from: 1).map(\.index) == [4001, 4002])
    }

    @Test("what is not committed is not there after a crash: the group is what it was")
    func crashes() throws {
        let folder = try ScratchFolder("crash")
        let path = folder.file("node.db")
        do {
            let log = try foundedLog(path)
            try log.write([LogWrite(group: group, records: records(1...10))])
            // The last piece is refused, so that the transaction stays open until the connection goes.
            #expect(throws: StoreError.self) {
                try log.write([
                    LogWrite(group: group, remove: true),
                    LogWrite(
                        group: GroupID(rawValue: 2),
                        install: LogWrite.Installation(baseIndex: 9, baseTerm: 1, configuration: [], generation: 3)),
                    LogWrite(group: GroupID(rawValue: 99), records: records(1...1)),
                ])
            }
        }
        let log = try NodeLog(path: path)
        #expect(try log.groups().map(\.generation) == [1, 1, 1, 1])
        #expect(try log.records(of: group, from: 1).count == 10)
    }

    @Test("a removed replica of the registry takes the registry's state along")
    func removesRegistry() throws {
        let log = try foundedLog(nil)
        let registry = GroupID(rawValue: 0)
        try log.write([LogWrite(group: registry, registryState: LogWrite.RegistryState(applied: 3, bytes: [1]))])
        try log.write([LogWrite(group: registry, create: storedGroup(0, replica: 5))])
        #expect(try log.registryState() == nil)
    }

    @Test("nothing is written for a group without a replica")
    func refusesStrangers() throws {
        let log = try foundedLog(nil)
        let stranger = GroupID(rawValue: 9)
        for write in [
            LogWrite(group: stranger, records: records(1...1)),
            LogWrite(group: stranger, truncateFrom: 1),
            LogWrite(
                group: stranger,
                install: LogWrite.Installation(baseIndex: 1, baseTerm: 1, configuration: [], generation: 1)),
        ] {
            let log = try foundedLog(nil)
            #expect(throws: StoreError.self) { try log.write([write]) }
        }
        try log.write([LogWrite(group: stranger, remove: true)])
        #expect(try log.compact(stranger, through: 5) == false)
        #expect(try log.records(of: stranger, from: 1).isEmpty)
    }

    @Test("compaction stores the configuration with its first step")
    func compactsWithConfiguration() throws {
        let folder = try ScratchFolder("compacted")
        do {
            let log = try foundedLog(folder.file("node.db"))
            try log.write([LogWrite(group: group, records: records(1...1500))])
            #expect(try log.compact(group, through: 1400, configuration: [5]))
        }
        let log = try NodeLog(path: folder.file("node.db"))
        #expect(try found(log)?.baseIndex == 1000 && found(log)?.configuration == [5])
        #expect(try !log.compact(group, through: 1400))
        #expect(try found(log)?.baseIndex == 1400 && found(log)?.configuration == [5])
    }
}
