import Foundation
import ShardStore
import Testing

@Suite("The node's log: what was written is there again, and nothing else")
struct NodeLogTests {
    private let group = GroupID(rawValue: 3)

    private func folder() throws -> String {
        let path = NSTemporaryDirectory() + "nodelog-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    private func founded(_ path: String?) throws -> NodeLog {
        let log = try NodeLog(path: path)
        try log.found(
            values: [("cluster", "c1"), ("node", "n1")],
            groups: (0...3).map {
                StoredGroup(
                    group: GroupID(rawValue: $0), replica: UInt64($0) + 1,
                    hardState: LogWrite.HardState(term: 1, vote: 0, commit: 0), baseIndex: 0, baseTerm: 0,
                    configuration: [9])
            })
        return log
    }

    private func records(_ range: ClosedRange<UInt64>, term: UInt64 = 1) -> [LogRecord] {
        range.map { LogRecord(index: $0, term: term, kind: 1, payload: [UInt8(truncatingIfNeeded: $0)]) }
    }

    @Test("identity, hard state, records and the registry's state survive a restart")
    func survivesRestart() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/node.db"
        do {
            let log = try founded(path)
            try log.write([
                LogWrite(
                    group: group, hardState: LogWrite.HardState(term: 4, vote: 2, commit: 7), records: records(1...10),
                    configuration: [1, 2]),
                LogWrite(
                    group: GroupID(rawValue: 0), records: records(1...2),
                    registryState: LogWrite.RegistryState(applied: 2, bytes: [5])),
            ])
            #expect(log.figures.transactions == 2 && log.figures.records == 12)
        }
        let log = try NodeLog(path: path)
        #expect(try log.value(for: "cluster") == "c1")
        #expect(try log.value(for: "nothing") == nil)
        let found = try log.groups()[3]
        #expect(found.hardState == LogWrite.HardState(term: 4, vote: 2, commit: 7) && found.configuration == [1, 2])
        #expect(try log.records(of: group, from: 1) == records(1...10))
        #expect(try log.registryState() == LogWrite.RegistryState(applied: 2, bytes: [5]))
    }

    @Test("a truncation replaces the tail of its own group only")
    func truncates() throws {
        let log = try founded(nil)
        try log.write([
            LogWrite(group: group, records: records(1...10)),
            LogWrite(group: GroupID(rawValue: 2), records: records(1...10)),
        ])
        try log.write([LogWrite(group: group, truncateFrom: 6, records: records(6...7, term: 2))])
        #expect(try log.records(of: group, from: 1).map(\.term) == [1, 1, 1, 1, 1, 2, 2])
        #expect(try log.records(of: GroupID(rawValue: 2), from: 1).count == 10)
    }

    @Test("compaction deletes a thousand records a call and moves the base with them")
    func compacts() throws {
        let log = try founded(nil)
        try log.write([LogWrite(group: group, records: records(1...2500, term: 3))])
        #expect(try log.compact(group, through: 2200))
        #expect(try log.groups()[3].baseIndex == 1000)
        #expect(try log.compact(group, through: 2200))
        #expect(try !log.compact(group, through: 2200))
        #expect(try !log.compact(group, through: 2200))
        let base = try log.groups()[3]
        #expect(base.baseIndex == 2200 && base.baseTerm == 3)
        #expect(try log.records(of: group, from: 1).first?.index == 2201)
    }

    @Test("records are read in pieces of bounded size")
    func readsInPieces() throws {
        let log = try founded(nil)
        try log.write([LogWrite(group: group, records: records(1...10))])
        #expect(try log.records(of: group, from: 3, limit: 4).map(\.index) == [3, 4, 5, 6])
        #expect(try log.records(of: group, from: 3, limit: 0).map(\.index) == [3])
    }

    @Test("an identity is written once")
    func foundsOnce() throws {
        let log = try founded(nil)
        #expect(throws: StoreError.self) { try log.found(values: [("cluster", "c2")], groups: []) }
        #expect(try log.value(for: "cluster") == "c1")
    }

    @Test("a fact is replaced, and outlives the process")
    func replacesFact() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            let log = try founded(folder + "/node.db")
            for start in 1...3 { try log.set(String(start), for: "starts") }
        }
        let log = try NodeLog(path: folder + "/node.db")
        #expect(try log.value(for: "starts") == "3")
        #expect(try log.value(for: "cluster") == "c1")
    }

    @Test("a hard state for a group that was never founded is refused, and the transaction with it")
    func refusesUnknownGroup() throws {
        let log = try founded(nil)
        #expect(throws: StoreError.self) {
            try log.write([
                LogWrite(group: GroupID(rawValue: 9), hardState: LogWrite.HardState(term: 1, vote: 0, commit: 0))
            ])
        }
    }

    @Test("a background checkpoint runs beside the writer")
    func checkpointsBeside() throws {
        let folder = try folder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/node.db"
        let log = try founded(path)
        try log.write([LogWrite(group: group, records: records(1...100))])
        let checkpointer = try LogCheckpointer(path: path)
        #expect(try checkpointer.run())
        try log.write([LogWrite(group: group, records: records(101...200))])
        #expect(try checkpointer.run())
        #expect(try log.records(of: group, from: 1).count == 200)
    }
}
