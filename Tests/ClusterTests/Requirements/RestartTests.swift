import Foundation
import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("A clean stop and a new start")
struct RestartTests {
    @Test("users, verdicts, leases, services and settings outlive the process; a lease is not shortened by it")
    func everythingOutlives() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmcheck-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let clock = ManualClock()
        var held: JSON = .null
        var done: [String] = []
        try await TestNode.run(in: folder, clock: clock) { node in
            try await node.set(["bucketSize": 10])
            try await node.add(names(400))
            let volunteer = try await node.registered(1)
            let leases = try await volunteer.lease(count: 2).json["leases"].array
            done = leases[0].names
            _ = try await volunteer.report(leases[0].id, of: done, verdict: "dm")
            held = leases[1]
            _ = try await node.api.operate(.PATCH, "/v1/settings", ["requestsPerSecondPerClient": 77])
        }
        clock.advance(by: .seconds(60))
        try await TestNode.run(in: folder, clock: clock) { node in
            let volunteer = node.volunteer(1)
            #expect(try await node.api.operate(.GET, "/v1/settings").json["requestsPerSecondPerClient"].int == 77)
            #expect(try await node.api.operate(.GET, "/v1/services/dmcheck").json["bucketSize"].int == 10)
            #expect(try await node.user(done[0])["verdicts"][0]["verdict"].string == "dm")
            let found = try await volunteer.call(.GET, "/v1/leases").json["items"].array
            #expect(found.map(\.id) == [held.id])
            #expect(found.first?.names == held.names)
            #expect(found.first?["deadline"] == held["deadline"])
            #expect(try await volunteer.report(held.id, of: held.names).json["state"].string == "done")
            #expect(try await volunteer.record()["statistics"]["bucketsDone"].int == 2)
        }
    }

    @Test("starts are counted on when node.json is lost or of yesterday: no start seals under the number of one before")
    func startsAreCountedOn() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmcheck-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = URL(fileURLWithPath: folder + "/node.json")
        func start() async throws -> JSON {
            try await TestNode.run(in: folder, clock: ManualClock(), shards: 1) { _ in }
            return try JSONDecoder().decode(JSON.self, from: Data(contentsOf: file))
        }
        let first = try await start()
        let yesterday = try Data(contentsOf: file)
        #expect(first["starts"].int == 1)
        #expect(try await start()["starts"].int == 2)
        try FileManager.default.removeItem(at: file)
        let third = try await start()
        #expect(third["starts"].int == 3)
        #expect(third["node"] == first["node"] && third["cluster"] == first["cluster"])
        try yesterday.write(to: file)
        #expect(try await start()["starts"].int == 4)
    }
}
