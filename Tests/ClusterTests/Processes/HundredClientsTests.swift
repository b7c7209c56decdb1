import NIOCore
import NIOHTTP1
import TestSupport
import Testing

extension RealNodes {
    @Suite("A hundred clients on three real nodes")
    struct HundredClientsTests {
        @Test("they finish a list, and every user was in at most one live lease at any time (F1, N10, I1)")
        func F1_hundredClientsOnThreeNodes() async throws {
            try await LocalCluster.run { cluster in
                let api = try cluster.api("n1")
                _ = try await api.operate(.PATCH, "/v1/settings", ["registrationsPerMinutePerSource": 100_000])
                _ = try await api.operate(.PUT, "/v1/services/dmcheck", ["bucketSize": 20])
                let users: [JSON] = (0..<6000).map { ["screenName": .string("user\($0)")] }
                let added = try await api.operate(
                    .POST, "/v1/users", ["users": .array(users), "mark": ["service": "dmcheck"]])
                #expect(added.json["marked"].int == 6000, "\(added.text)")
                let apis = try cluster.names.map { try cluster.api($0) }
                let volunteers = (0..<100).map { Volunteer(apis[$0 % 3], $0) }
                let history = History()
                _ = try await volunteers.concurrently { volunteer in
                    try await volunteer.register(["usersPerWindow": 100_000, "windowSeconds": 900])
                    // Now and then a shard has nothing for a moment, while others still have: until all are done.
                    while try await volunteer.api.operate(.GET, "/v1/counts").json["done"].int != 6000 {
                        try await history.work(as: volunteer, rounds: 100)
                    }
                }
                history.check()
                #expect(history.acceptedRows == 6000)
                for volunteer in volunteers { _ = try await volunteer.record() }
                try await cluster.checkReplicas()
            }
        }
    }
}
