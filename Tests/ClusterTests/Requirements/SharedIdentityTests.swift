import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("7.4 Several processes under one identity")
struct SharedIdentityTests {
    @Test("two that register with the same detail at once are one identity")
    func T_7_4_1_bothRegister() async throws {
        try await TestNode.run { node in
            let one = node.volunteer(1)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 { group.addTask { try await one.register().status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 201 }.count == 1)
            #expect(statuses.filter { $0 == 200 }.count == 15)
            #expect(try await node.api.operate(.GET, "/v1/clients").json["items"].array.count == 1)
        }
    }

    @Test("two that report the same rows: stored once, the second is replayed, counted once")
    func T_7_4_2_sameRows() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(30))
            let one = try await node.registered(1)
            let lease = try await one.take()
            let receipts = try await withThrowingTaskGroup(of: JSON.self) { group in
                for _ in 0..<8 { group.addTask { try await one.report(lease.id, of: lease.names).json } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(receipts.reduce(0) { $0 + ($1["accepted"].int ?? 0) } == 30)
            #expect(receipts.reduce(0) { $0 + ($1["replayed"].int ?? 0) } == 7 * 30)
            let statistics = try await one.record()["statistics"]
            #expect(statistics["usersByVerdict"]["non_dm"].int == 30)
            #expect(statistics["bucketsDone"].int == 1)
            #expect(statistics["bucketsAssigned"].int == 1)
        }
    }

    @Test("one unregisters while one reports: accepted before, refused after, never half", arguments: 0..<10)
    func T_7_4_3_unregisterAgainstReport(turn: Int) async throws {
        try await TestNode.run(shards: 2) { node in
            try await node.add(names(40))
            let one = try await node.registered(1)
            let leases = try await one.lease(count: 2).json["leases"].array
            async let ended = one.unregister()
            let reports = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                for lease in leases {
                    group.addTask {
                        for _ in 0..<turn { await Task.yield() }
                        let answer = try await one.report(lease.id, of: lease.names)
                        return (answer.status, answer.json["accepted"].int ?? 0)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(try await ended.status == 204)
            #expect(reports.allSatisfy { [200, 401, 410].contains($0.0) }, "\(reports)")
            let accepted = reports.reduce(0) { $0 + $1.1 }
            let counts = try await node.counts()
            #expect(counts["done"].int == accepted)
            #expect(counts["leased"].int == 0)
            _ = try await one.record()
            #expect(try await one.report(leases[0].id, of: leases[0].names).status == 401)
        }
    }
}
