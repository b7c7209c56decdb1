import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("7.6 Slow and silent clients")
struct ExpiryTests {
    @Test("a bucket that takes too long is flagged, then dead, and the accounts stay in balance")
    func T_7_6_tooLong() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(10))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            var seen: [String] = []
            for _ in 0..<5 {
                let now = try await volunteer.call(.GET, "/v1/leases/\(lease.id)").json
                seen.append("\(now["state"].string ?? "gone") \(now["slow"].bool ?? false)")
                _ = try await volunteer.record()
                node.clock.advance(by: .seconds(310))
            }
            #expect(seen == ["open false", "open false", "open true", "open true", "dead true"])
            try await node.settled { try await volunteer.record()["statistics"]["bucketsReleased"].int == 1 }
            #expect(try await volunteer.call(.GET, "/v1/leases").json["items"].array.isEmpty)
        }
    }

    @Test("dead clients' lists come back within seconds of their time (T_7_6_1, N6)")
    func N6_listsComeBack() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.set(["leaseSeconds": 5, "graceSeconds": 2])
            try await node.add(names(4))
            let silent = try await node.registered(1)
            let other = try await node.registered(2)
            #expect(try await silent.lease().json["granted"].int == 1)
            node.clock.advance(by: .seconds(6))
            #expect(try await other.lease().json["granted"].int == 0)
            node.clock.advance(by: .seconds(2))
            try await node.settled { try await node.counts()["leased"].int == 0 }
            #expect(try await other.lease().json["leases"][0]["attempt"].int == 2)
        }
    }

    @Test("after its last attempt a task is failed, visible, and may be rechecked")
    func attemptsEnd() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.set(["maxAttempts": 2, "coolDownSeconds": 0])
            try await node.add(["poison"])
            let volunteer = try await node.registered(1)
            for _ in 0..<2 {
                let lease = try await volunteer.take()
                #expect(try await volunteer.call(.DELETE, "/v1/leases/\(lease.id)").status == 204)
            }
            #expect(try await volunteer.lease().json["granted"].int == 0)
            #expect(try await node.counts()["failed"].int == 1)
            let failed = try await node.api.operate(.GET, "/v1/users?state=failed").json["items"].array
            #expect(failed.map { $0["screenName"].string } == ["poison"])
            let again = try await node.api.operate(.POST, "/v1/rechecks", ["users": ["poison"]])
            #expect(again.json["requeued"].int == 1)
            #expect(try await volunteer.lease().json["leases"][0].names == ["poison"])
        }
    }

    @Test("a client of which most buckets die is throttled, then quarantined, with the reason, and may be reinstated")
    func malfunction() async throws {
        try await TestNode.run(shards: 1) { node in
            let rule: JSON = ["malfunction": ["minimumBuckets": 3]]
            #expect(try await node.api.operate(.PATCH, "/v1/settings", rule).status == 200)
            try await node.set(["bucketSize": 1, "leaseSeconds": 10, "graceSeconds": 0, "maxAttempts": 100])
            try await node.add(names(50))
            let bad = try await node.registered(1)
            var states: [String] = []
            for _ in 0..<12 {
                _ = try await bad.lease(count: 5)
                node.clock.advance(by: .seconds(11))
                try await node.settled { try await node.counts()["leased"].int == 0 }
                let state = try await bad.record()["state"].string ?? ""
                if states.last != state { states.append(state) }
                node.clock.advance(by: .seconds(900))
            }
            #expect(states.contains("throttled"), "\(states)")
            #expect(states.last == "quarantined", "\(states)")
            let record = try await bad.record()
            #expect(record["reason"].string?.isEmpty == false)
            let refused = try await bad.lease()
            #expect(refused.status == 403)
            #expect(refused.slug == "quarantined")
            #expect(try await node.api.operate(.POST, "/v1/clients/\(bad.id)/reinstate").status / 100 == 2)
            #expect(try await bad.record()["state"].string == "active")
            #expect(try await bad.lease().json["granted"].int == 1)
        }
    }
}
