import Checks
import Foundation
import Node
import ShardStore
import Testing

@Suite("A replica goes on alone where a majority is gone for good", .timeLimit(.minutes(2)))
struct RecoveryTests {
    private static let moment = "2026-01-31T00:00:00.000Z"

    @Test("it serves again with all that it had, the end of its log included, and is noted")
    func goesOn() async throws {
        try await withScratchFolder { scratch in
            let folder = scratch + "/n1"
            let before = try await FolderNode.run(in: folder) { node in
                try await node.add(500, prefix: "user")
                #expect(throws: StartError.self) { try Recovery.run(folder, gone: nil, at: Self.moment) }
                return try await node.export()
            }
            try Self.loseMajority(of: folder)
            let report = try Recovery.run(folder, gone: nil, at: Self.moment)
            #expect(report.recovered == 3 && report.groups.map(\.name) == ["registry", "shard 1", "shard 2"])
            #expect(report.groups[1].lastEntry > report.groups[1].committedEntry)
            for round in 0..<2 {
                try await FolderNode.run(in: folder) { node in
                    let export = try await node.export()
                    #expect(export.count == 501 + round)
                    #expect(Set(export).isSuperset(of: before))
                    #expect(export.contains { $0.contains("lastentry") })
                    try await node.add(1, prefix: "later\(round)x")
                }
            }
            let noted = try String(contentsOfFile: folder + "/recoveries.log", encoding: .utf8)
            #expect(noted.split(separator: "\n").count == 1 && noted.contains(Self.moment))
        }
    }

    @Test("groups that have their majority are left alone, and nobody is gone who is no member")
    func leftAlone() async throws {
        try await withScratchFolder { scratch in
            let before = try await FolderNode.run(in: scratch + "/n1") { node in
                try await node.add(100, prefix: "user")
                return try await node.export()
            }
            #expect(throws: RecoveryError.unknownNode(name: "n9")) {
                try Recovery.run(scratch + "/n1", gone: ["n9"], at: Self.moment)
            }
            let report = try Recovery.run(scratch + "/n1", gone: nil, at: Self.moment)
            #expect(report.recovered == 0)
            #expect(throws: RecoveryError.noNode(folder: scratch)) {
                try Recovery.run(scratch, gone: nil, at: Self.moment)
            }
            let after = try await FolderNode.run(in: scratch + "/n1") { try await $0.export() }
            #expect(after == before)
        }
    }

    /// As if two further voters had been there, and had acknowledged one more entry of shard 1 with this node.
    private static func loseMajority(of folder: String) throws {
        let log = try NodeLog(path: folder + "/node.db")
        // Three voters 1, 2, 3, and three empty lists.
        let voters: [UInt8] = [3] + (1...3).flatMap { [0, 0, 0, 0, 0, 0, 0, $0] } + [0, 0, 0]
        for group in try log.groups() {
            var write = LogWrite(group: group.group, configuration: voters)
            if group.group.rawValue == 1 {
                let name = try #require(ScreenName("lastEntry"))
                let entry = CommandEnvelope(
                    stamp: Timestamp(milliseconds: 1), draw: Draw(rawValue: 1),
                    command: .addUsers([UserReference(screenName: name)], mark: nil))
                let last = try log.records(of: group.group, from: group.baseIndex + 1).last
                write.records = [
                    LogRecord(
                        index: (last?.index ?? group.baseIndex) + 1, term: last?.term ?? group.baseTerm, kind: 1,
                        payload: entry.encoded())
                ]
            }
            try log.write([write])
        }
        try log.checkpoint()
    }
}
