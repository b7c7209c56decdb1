import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("7.5 Many at once, against real parallel requests")
struct ConcurrencyTests {
    @Test("100 clients and one bucket left: exactly one gets it (T_7_5_1, N10)", arguments: 0..<3)
    func T_7_5_1_oneBucketLeft(round: Int) async throws {
        try await TestNode.run { node in
            try await node.add(["only"])
            let volunteers = try await node.registered(many: 100)
            let answers = try await volunteers.concurrently { try await $0.lease() }
            #expect(answers.allSatisfy { $0.status == 200 })
            #expect(answers.reduce(0) { $0 + ($1.json["granted"].int ?? 0) } == 1)
            #expect(try await node.counts()["leased"].int == 1)
        }
    }

    @Test("two clients and one bucket, one after the other")
    func T_7_5_2_differentTimes() async throws {
        try await TestNode.run { node in
            try await node.add(["only"])
            let first = try await node.registered(1)
            let second = try await node.registered(2)
            #expect(try await first.lease().json["granted"].int == 1)
            #expect(try await second.lease().json["granted"].int == 0)
        }
    }

    @Test("100 clients fetch lists: every user in at most one live lease (F1, I1)")
    func F1_hundredClients() async throws {
        try await TestNode.run(shards: 16) { node in
            try await node.set(["bucketSize": 20])
            try await node.add(names(4000))
            let volunteers = try await node.registered(many: 100)
            let grants = try await volunteers.concurrently { try await $0.lease(count: 2) }
            let users = grants.flatMap { $0.json["leases"].array }.flatMap(\.names)
            #expect(users.count == Set(users).count)
            #expect(users.count > 2000)
            #expect(try await node.counts()["leased"].int == users.count)
        }
    }

    @Test("forming, granting, adding, deleting and reporting at once: no user twice, none missed, older pool first")
    func T_7_5_3_and_T_7_5_5_allAtOnce() async throws {
        try await TestNode.run(shards: 4) { node in
            try await node.set(["bucketSize": 10])
            // The node's time stands still here, so the calls of the whole test fall into one second.
            _ = try await node.api.operate(.PATCH, "/v1/settings", ["requestsPerSecondPerClient": 100_000])
            let volunteers = try await node.registered(many: 12)
            let history = History()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for batch in 0..<20 {
                    group.addTask { try await node.add(names(25, prefix: "b\(batch)_")) }
                }
                for volunteer in volunteers {
                    group.addTask { try await history.work(as: volunteer, rounds: 15) }
                }
                group.addTask {
                    for batch in 0..<20 {
                        let name = "b\(batch)_7"
                        let answer = try await node.api.operate(.DELETE, "/v1/users/\(name)")
                        #expect([204, 404].contains(answer.status))
                        if answer.status == 204 { history.deleted(name) }
                    }
                }
                try await group.waitForAll()
            }
            for volunteer in volunteers { try await history.work(as: volunteer, rounds: 200) }
            history.check()
            let counts = try await node.counts()
            let deleted = counts["deleted"].int ?? 0
            #expect(deleted == history.deletions)
            #expect(counts["done"].int == 500 - deleted)
            #expect(counts["pending"].int == 0)
            #expect(counts["leased"].int == 0)
            for volunteer in volunteers { _ = try await volunteer.record() }
            for name in history.deletedNames {
                #expect(try await node.api.operate(.GET, "/v1/users/\(name)").status == 404)
            }
        }
    }

    @Test("clients come and go: every task is done exactly once")
    func T_7_5_4_comeAndGo() async throws {
        try await TestNode.run(shards: 4) { node in
            try await node.set(["bucketSize": 15, "coolDownSeconds": 0])
            try await node.add(names(300))
            let history = History()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<10 {
                    group.addTask {
                        let volunteer = try await node.registered(number)
                        try await history.work(as: volunteer, rounds: number % 4)
                        // Some leave in the middle of a bucket.
                        let lease = try await volunteer.take()
                        if number % 2 == 0, !lease.names.isEmpty {
                            try await history.report(lease, Array(lease.names.prefix(3)), as: volunteer)
                        }
                        #expect(try await volunteer.unregister().status == 204)
                        history.ended(lease)
                    }
                }
                try await group.waitForAll()
            }
            let last = try await node.registered(99)
            try await history.work(as: last, rounds: 200)
            history.check()
            #expect(try await node.counts()["done"].int == 300)
            #expect(history.acceptedRows == 300)
        }
    }
}
