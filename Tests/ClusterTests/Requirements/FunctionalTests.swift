import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("Functional requirements")
struct FunctionalTests {
    @Test("only the one who got the list may update it, with the secret that it registered")
    func F2_fence() async throws {
        try await TestNode.run { node in
            try await node.add(names(3))
            let owner = try await node.registered(1)
            let lease = try await owner.take()
            let impostor = Volunteer(node.api, 1, secret: String(repeating: "q", count: 43))
            #expect(try await impostor.report(lease.id, of: lease.names).status == 401)
            #expect(try await node.counts()["done"].int == 0)
        }
    }

    @Test("every call is authenticated; a quarantined client takes no new lease but may deliver")
    func F3_onlyRegistered() async throws {
        try await TestNode.run { node in
            try await node.set(["bucketSize": 2])
            try await node.add(names(60))
            let volunteer = try await node.registered(1)
            for path in [
                "/v1/users", "/v1/counts", "/v1/clients", "/v1/settings", "/v1/services", "/v1/cluster", "/v1/nothing",
            ] {
                #expect(try await node.api.call(.GET, path).status == 401, "\(path)")
                #expect(try await volunteer.call(.GET, path).status == (path == "/v1/nothing" ? 404 : 403), "\(path)")
            }
            let lease = try await volunteer.take()
            let quarantined = try await node.api.operate(
                .POST, "/v1/clients/\(volunteer.id)/quarantine", ["reason": "looks wrong"])
            #expect(quarantined.status / 100 == 2)
            let refused = try await volunteer.lease()
            #expect(refused.slug == "quarantined")
            #expect(refused.json["detail"].string?.contains("looks wrong") == true)
            #expect(try await volunteer.report(lease.id, of: lease.names).json["state"].string == "done")
        }
    }

    @Test("a crashed client collects its lists again and goes on with partial results kept")
    func F5_recollect() async throws {
        try await TestNode.run { node in
            try await node.set(["bucketSize": 4])
            try await node.add(names(100))
            let volunteer = try await node.registered(1)
            let leases = try await volunteer.lease(count: 3).json["leases"].array
            _ = try await volunteer.report(leases[0].id, of: Array(leases[0].names.prefix(2)))
            let again = Volunteer(node.api, 1)
            let found = try await again.call(.GET, "/v1/leases").json["items"].array
            #expect(Set(found.map(\.id)) == Set(leases.map(\.id)))
            let first = try #require(found.first { $0.id == leases[0].id })
            #expect(first.names == Array(leases[0].names.dropFirst(2)))
            #expect(first["remaining"].int == leases[0].names.count - 2)
        }
    }

    @Test("urgent users come before any waiting normal ones; a waiting one is moved, a leased one not doubled")
    func F6_urgent() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.set(["bucketSize": 5])
            try await node.add(names(10))
            let first = try await node.registered(1)
            let leased = try await first.take()
            let waiting = Set(names(10)).subtracting(leased.names).sorted()
            let raised = try await node.api.operate(
                .POST, "/v1/marks", ["priority": "urgent", "users": [.string(waiting[0]), .string(leased.names[0])]])
            #expect(raised.json["marked"].int == 0)
            #expect(raised.json["already"].int == 2)
            #expect(try await node.user(waiting[0])["tasks"][0]["priority"].string == "urgent")
            let second = try await node.registered(2)
            let urgent = try await second.take()
            #expect(urgent.names == [waiting[0]])
            let rest = try await second.take()
            #expect(Set(rest.names) == Set(waiting.dropFirst()))
            // Its priority sticks if that lease dies.
            #expect(try await first.call(.DELETE, "/v1/leases/\(leased.id)").status == 204)
            #expect(try await node.user(leased.names[0])["tasks"][0]["priority"].string == "urgent")
            #expect(try await second.lease().json["leases"][0].names == [leased.names[0]])
        }
    }

    @Test("users can be listed by state, and the counts agree")
    func F7_listing() async throws {
        try await TestNode.run(shards: 3) { node in
            try await node.set(["bucketSize": 10])
            let unmarked = try await node.api.operate(
                .POST, "/v1/users", ["users": .array(names(7, prefix: "new").map { ["screenName": .string($0)] })])
            #expect(unmarked.json["added"].int == 7)
            #expect(unmarked.json["marked"].int == 0)
            try await node.add(names(100))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            _ = try await volunteer.report(lease.id, of: Array(lease.names.prefix(3)))
            let counts = try await node.counts()
            var total = 0
            for state in ["unmarked", "pending", "bucketed", "leased", "done", "failed"] {
                var found: [String] = []
                var cursor: String?
                repeat {
                    let page = try await node.api.operate(
                        .GET, "/v1/users?state=\(state)&limit=9" + (cursor.map { "&cursor=\($0)" } ?? ""))
                    #expect(page.status == 200, "\(page.text)")
                    #expect(page.json["items"].array.count <= 9)
                    found += page.json["items"].array.compactMap { $0["screenName"].string }
                    #expect(page.json["items"].array.allSatisfy { $0["state"].string == state })
                    cursor = page.json["nextCursor"].string
                } while cursor != nil
                #expect(Set(found).count == found.count)
                #expect(counts[state].int == found.count, "\(state)")
                total += found.count
            }
            #expect(total == 107)
            let prefixed = try await node.api.operate(.GET, "/v1/users?prefix=NEW").json["items"].array
            #expect(prefixed.count == 7)
            #expect(try await node.api.operate(.GET, "/v1/users?state=sleeping").status == 400)
            #expect(try await node.api.operate(.GET, "/v1/users?limit=0").status == 400)
            #expect(try await node.api.operate(.GET, "/v1/users?cursor=nonsense").status == 400)
        }
    }

    @Test("a result for a deleted user is accepted and discarded; nothing comes back")
    func F8_and_F9_deletedUser() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(5))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            let (gone, done) = (lease.names[1], lease.names[2])
            _ = try await volunteer.report(lease.id, of: [done], verdict: "dm")
            for name in [gone, done] {
                #expect(try await node.api.operate(.DELETE, "/v1/users/\(name)").status == 204)
                #expect(try await node.api.operate(.GET, "/v1/users/\(name)").status == 404)
                #expect(try await node.api.operate(.DELETE, "/v1/users/\(name)").status == 404)
            }
            #expect(try await volunteer.call(.GET, "/v1/leases/\(lease.id)").json["remaining"].int == 3)
            let receipt = try await volunteer.report(lease.id, of: [gone, lease.names[0]])
            #expect(receipt.json["discarded"].int == 1)
            #expect(receipt.json["accepted"].int == 1)
            #expect(receipt.json["remaining"].int == 2)
            let counts = try await node.counts()
            #expect(counts["deleted"].int == 2)
            #expect(counts["byVerdict"]["dm"].int ?? 0 == 0)
            let export = try await node.api.operate(.GET, "/v1/export?format=ndjson").text
            #expect(!export.contains("\"\(gone)\""))
            // Only an explicit add brings a user back, without a past.
            try await node.add([gone])
            #expect(try await node.user(gone)["verdicts"].array.isEmpty)
        }
    }

    @Test("several processes under one identity: any of them may renew, report and release")
    func F10_oneIdentity() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(6))
            let one = try await node.registered(1)
            let two = Volunteer(node.api, 1)
            let lease = try await one.take()
            node.clock.advance(by: .seconds(10))
            #expect(try await two.call(.POST, "/v1/leases/\(lease.id)/renew").status == 200)
            #expect(try await two.report(lease.id, of: [lease.names[0]]).json["accepted"].int == 1)
            #expect(try await one.report(lease.id, of: [lease.names[0]]).json["replayed"].int == 1)
            #expect(try await two.call(.DELETE, "/v1/leases/\(lease.id)").status == 204)
            #expect(try await one.call(.DELETE, "/v1/leases/\(lease.id)").status == 204)
        }
    }

    @Test("recheck runs a user again, joins a running task, keeps the old verdict until the new one (F12, F13)")
    func F12_recheck_and_F13_history() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(["alice"])
            let volunteer = try await node.registered(1)
            var lease = try await volunteer.take()
            let running = try await node.api.operate(.POST, "/v1/rechecks", ["users": ["alice", "nobody"]])
            #expect(running.json["running"].int == 1)
            #expect(running.json["requeued"].int == 0)
            #expect(running.json["unknown"] == ["nobody"])
            _ = try await volunteer.report(lease.id, of: ["alice"], verdict: "dm")
            node.clock.advance(by: .seconds(3600))
            #expect(try await node.api.operate(.POST, "/v1/rechecks", ["users": ["alice"]]).json["requeued"].int == 1)
            #expect(try await node.user("alice")["verdicts"][0]["validTo"].isNull)
            #expect(try await node.counts()["byVerdict"]["dm"].int == 1)
            node.clock.advance(by: .seconds(60))
            lease = try await volunteer.take()
            _ = try await volunteer.report(lease.id, of: ["alice"], verdict: "non_dm")
            let verdicts = try await node.user("alice")["verdicts"].array
            #expect(verdicts.map { $0["verdict"].string } == ["dm", "non_dm"])
            #expect(verdicts[0]["validFrom"].string == "2026-01-01T00:00:00.000Z")
            #expect(verdicts[0]["validTo"].string == "2026-01-01T01:01:00.000Z")
            #expect(verdicts[1]["validFrom"] == verdicts[0]["validTo"])
            #expect(verdicts[1]["validTo"].isNull)
            #expect(try await node.counts()["byVerdict"] == ["non_dm": 1])
            let then = try await node.api.operate(.GET, "/v1/users/alice?asOf=2026-01-01T00:30:00.000Z").json
            #expect(then["verdicts"].array.map { $0["verdict"].string } == ["dm"])
            node.clock.advance(by: .seconds(86400))
            let aged = try await node.api.operate(.POST, "/v1/rechecks", ["olderThanSeconds": 3600])
            #expect(aged.status == 200, "\(aged.text)")
            try await node.settled { try await node.counts()["pending"].int == 1 }
        }
    }

    @Test("every user that is not marked can be marked at once")
    func F7_markUnmarked() async throws {
        try await TestNode.run(shards: 3) { node in
            _ = try await node.api.operate(
                .POST, "/v1/users", ["users": .array(names(1500).map { ["screenName": .string($0)] })])
            #expect(try await node.counts()["unmarked"].int == 1500)
            let answer = try await node.api.operate(.POST, "/v1/marks", ["users": "unmarked"])
            #expect(answer.status == 200, "\(answer.text)")
            try await node.settled { try await node.counts()["unmarked"].int == 0 }
            let counts = try await node.counts()
            #expect((counts["pending"].int ?? 0) + (counts["bucketed"].int ?? 0) == 1500)
        }
    }
}
