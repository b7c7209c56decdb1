import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("Non-functional requirements")
struct NonFunctionalTests {
    @Test("a service is a value: made, changed, paused, resumed and revoked at run time (N1)")
    func N1_services() async throws {
        try await TestNode.run(shards: 1) { node in
            let created = try await node.api.operate(
                .PUT, "/v1/services/languages", ["bucketSize": 3, "leaseSeconds": 60])
            #expect(created.status == 201)
            #expect(created.json["schema"].string == "verdict")
            #expect(created.json["state"].string == "active")
            #expect(created.json["bucketSize"].int == 3)
            #expect(created.json["maxAttempts"].int == 5)
            let changed = try await node.api.operate(.PUT, "/v1/services/languages", ["graceSeconds": 0])
            #expect(changed.status == 200)
            #expect(changed.json["bucketSize"].int == 3)
            #expect(changed.json["graceSeconds"].int == 0)
            for (body, field) in [
                (["bucketSize": 0] as JSON, "bucketSize"), (["colour": 1], "colour"), (["schema": "numbers"], "schema"),
            ] {
                let refused = try await node.api.operate(.PUT, "/v1/services/languages", body)
                #expect(refused.status == 422)
                #expect(refused.json["field"].string == field)
            }
            let listed = try await node.api.operate(.GET, "/v1/services").json["items"].array.map { $0["name"].string }
            #expect(listed.contains("languages") && listed.contains("dmcheck"))
            try await node.add(names(9), service: "languages")
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.lease(service: "languages").json["leases"][0]
            #expect(lease.names.count == 3)
            #expect(lease["deadline"].string == "2026-01-01T00:01:00.000Z")
            #expect(try await node.api.operate(.POST, "/v1/services/languages/pause").status / 100 == 2)
            #expect(try await volunteer.lease(service: "languages").json["granted"].int == 0)
            #expect(try await node.api.operate(.POST, "/v1/services/languages/resume").status / 100 == 2)
            let second = try await volunteer.lease(service: "languages").json["leases"][0]
            #expect(second.names.count == 3)
            #expect(try await node.api.operate(.POST, "/v1/services/languages/revoke").status / 100 == 2)
            let revoked = try await volunteer.lease(service: "languages")
            #expect(revoked.status == 409)
            // What was leased may finish, and the past stays.
            #expect(try await volunteer.report(lease.id, of: lease.names).json["state"].string == "done")
            #expect(try await node.user(lease.names[0])["verdicts"][0]["service"].string == "languages")
            #expect(try await node.api.operate(.GET, "/v1/services/languages").json["state"].string == "revoked")
        }
    }

    @Test("three of any four successive grants are urgent while both lanes wait, the first among them (N5)")
    func N5_lanes() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.set(["bucketSize": 2, "maxOutstanding": 1000])
            try await node.add(names(40, prefix: "n"))
            try await node.add(names(200, prefix: "u"), priority: "urgent")
            let volunteer = try await node.registered(1)
            var lanes: [Bool] = []
            for _ in 0..<16 {
                let lease = try await volunteer.take()
                lanes.append(lease.names.allSatisfy { $0.hasPrefix("u") })
                _ = try await volunteer.report(lease.id, of: lease.names)
            }
            #expect(lanes.first == true)
            for start in 0...(lanes.count - 4) {
                #expect(lanes[start..<start + 4].filter { $0 }.count == 3, "\(lanes)")
            }
        }
    }

    @Test("the oldest epoch goes first (N5, 7.5.3)")
    func N5_oldestFirst() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.set(["bucketSize": 5, "maxOutstanding": 1000])
            try await node.add(names(20, prefix: "old"))
            node.clock.advance(by: .seconds(601))
            try await node.add(names(20, prefix: "new"))
            let volunteer = try await node.registered(1)
            for turn in 0..<8 {
                let lease = try await volunteer.take()
                #expect(lease.names.allSatisfy { $0.hasPrefix(turn < 4 ? "old" : "new") })
            }
        }
    }

    @Test("a task that waits too long is visible (N8)")
    func N8_longestWait() async throws {
        try await TestNode.run { node in
            try await node.set(["maxWaitSeconds": 60])
            try await node.add(names(2))
            node.clock.advance(by: .seconds(90))
            #expect(try await node.counts()["oldestWaitingSeconds"].int == 90)
            #expect(try await node.api.operate(.GET, "/v1/stats").json["oldestWaitingSeconds"].int == 90)
            let metrics = try await node.api.call(.GET, "/metrics").text
            #expect(metrics.contains("dmcheck_oldest_waiting_seconds"), "\(metrics.prefix(2000))")
        }
    }

    @Test("giving a list back buys no new draw of its users (N12)")
    func N12_coolDown() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.set(["bucketSize": 4])
            try await node.add(names(4))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            #expect(try await volunteer.call(.DELETE, "/v1/leases/\(lease.id)").status == 204)
            #expect(try await volunteer.lease().json["granted"].int == 0)
            // Not through another lane either.
            _ = try await node.api.operate(
                .POST, "/v1/marks", ["priority": "urgent", "users": .array(lease.names.map { .string($0) })])
            #expect(try await volunteer.lease().json["granted"].int == 0)
            try await node.add(names(4, prefix: "more"))
            #expect(try await volunteer.lease().json["leases"][0].names.allSatisfy { $0.hasPrefix("more") })
            node.clock.advance(by: .seconds(3601))
            #expect(Set(try await volunteer.lease().json["leases"][0].names) == Set(lease.names))
        }
    }

    @Test("the trace of a user tells every event, in order (N13)")
    func N13_trace() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(["traced"])
            let volunteer = try await node.registered(1)
            node.clock.advance(by: .seconds(10))
            let lease = try await volunteer.take()
            node.clock.advance(by: .seconds(10))
            _ = try await volunteer.report(lease.id, of: ["traced"], verdict: "protected")
            let events = try await node.api.operate(.GET, "/v1/users/traced/events").json["items"].array
            let moments = events.compactMap { $0["at"].string }
            #expect(moments == moments.sorted())
            #expect(events.count >= 4, "\(events)")
            let leased = try #require(events.first { $0["lease"].string == lease.id })
            #expect(leased["client"].string == volunteer.id)
            let activity = try await node.api.operate(.GET, "/v1/clients/\(volunteer.id)/activity").json["items"].array
            #expect(activity.first?["kind"].string == "registered", "\(activity)")
            #expect(activity.contains { $0["lease"].string == lease.id })
        }
    }

    @Test("redundancy: agreeing observations of distinct clients make a verdict (N14)")
    func N14_redundancy() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.set(["redundancy": 2])
            try await node.add(["alice", "bob"])
            let volunteers = try await node.registered(many: 3)
            let first = try await volunteers[0].lease().json["leases"][0]
            let receipt = try await volunteers[0].report(
                first.id, [["screenName": "alice", "verdict": "dm"], ["screenName": "bob", "verdict": "dm"]])
            #expect(receipt.json["state"].string == "done")
            #expect(try await node.user("alice")["verdicts"].array.isEmpty)
            #expect(try await node.counts()["done"].int == 0)
            // Not to the same client again.
            #expect(try await volunteers[0].lease().json["granted"].int == 0)
            let second = try await volunteers[1].lease().json["leases"][0]
            _ = try await volunteers[1].report(
                second.id, [["screenName": "alice", "verdict": "dm"], ["screenName": "bob", "verdict": "non_dm"]])
            let alice = try await node.user("alice")["verdicts"][0]
            #expect(alice["verdict"].string == "dm")
            #expect(Set(alice["clients"].array) == [.string(volunteers[0].id), .string(volunteers[1].id)])
            #expect(try await node.user("bob")["verdicts"].array.isEmpty)
            let third = try await volunteers[2].lease().json["leases"][0]
            #expect(third.names == ["bob"])
            _ = try await volunteers[2].report(third.id, of: ["bob"], verdict: "non_dm")
            #expect(try await node.user("bob")["verdicts"][0]["verdict"].string == "non_dm")
            #expect(try await node.counts()["done"].int == 2)
            for volunteer in volunteers { _ = try await volunteer.record() }
        }
    }

    @Test("a dm from someone the user follows makes no verdict alone (N14)")
    func N14_conditional() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(["alice"])
            let volunteers = try await node.registered(many: 2)
            let first = try await volunteers[0].lease().json["leases"][0]
            _ = try await volunteers[0].report(
                first.id, [["screenName": "alice", "verdict": "dm", "followsChecker": true]])
            var user = try await node.user("alice")
            #expect(user["verdicts"][0]["conditional"].bool == true)
            #expect(user["tasks"][0]["state"].string != "done")
            #expect(try await node.counts()["byVerdict"]["dm"].int ?? 0 == 0)
            let second = try await volunteers[1].lease().json["leases"][0]
            #expect(second.names == ["alice"])
            _ = try await volunteers[1].report(second.id, of: ["alice"], verdict: "non_dm")
            user = try await node.user("alice")
            #expect(
                user["verdicts"].array.contains { $0["verdict"].string == "non_dm" && $0["conditional"].bool == false })
            #expect(user["tasks"][0]["state"].string == "done")
        }
    }

    @Test("another account id than the known one is refused by row (N14)")
    func N14_accountMismatch() async throws {
        try await TestNode.run(shards: 1) { node in
            let added = try await node.api.operate(
                .POST, "/v1/users",
                [
                    "users": [["screenName": "alice", "accountID": "12345678901234567"], ["screenName": "bob"]],
                    "mark": ["service": "dmcheck"],
                ])
            #expect(added.json["added"].int == 2)
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            let receipt = try await volunteer.report(
                lease.id,
                [
                    ["screenName": "alice", "accountID": "99", "verdict": "dm"],
                    ["screenName": "bob", "accountID": "77", "verdict": "dm"],
                ])
            #expect(receipt.json["rejected"][0]["reason"].string == "accountMismatch")
            #expect(receipt.json["accepted"].int == 1)
            #expect(try await node.user("alice")["accountID"].string == "12345678901234567")
            let conflicting = try await node.api.operate(
                .POST, "/v1/users", ["users": [["screenName": "alice", "accountID": "5"]]])
            #expect(conflicting.json["invalidCount"].int == 1)
            #expect(conflicting.json["invalid"][0]["reason"].string == "accountMismatch")
            #expect(conflicting.json["invalid"][0]["line"].int == 1)
        }
    }

    @Test("an invite is needed when the cluster says so, and is used up (F3)")
    func F3_invites() async throws {
        try await TestNode.run { node in
            _ = try await node.api.operate(.PATCH, "/v1/settings", ["enrollment": "invite"])
            let refused = try await node.volunteer(1).register()
            #expect(refused.status == 403)
            #expect(refused.slug == "invite-required")
            let invite = try await node.api.operate(.POST, "/v1/invites", ["uses": 1, "expiresInSeconds": 60])
            #expect(invite.status == 201)
            let text = try #require(invite.json["invite"].string)
            func register(_ number: Int) async throws -> Int {
                let volunteer = node.volunteer(number)
                return try await node.api.call(
                    .PUT, "/v1/clients/\(volunteer.id)",
                    body: [
                        "screenName": .string(volunteer.screenName), "secret": .string(volunteer.secret),
                        "invite": .string(text),
                    ]
                ).status
            }
            #expect(try await register(1) == 201)
            // A lost answer may be repeated; another client may not use it again.
            #expect(try await register(1) == 200)
            #expect(try await register(2) == 403)
        }
    }

    @Test("limits are advertised, each with its source (N9)")
    func N9_limits() async throws {
        try await TestNode.run { node in
            let limits = try await node.api.operate(.GET, "/v1/limits").json["items"].array
            let asked: Set = [
                "users", "clients", "nodes", "shards", "bucketSize", "usersPerRequest", "resultsBody",
                "requestsPerSecondPerClient", "registrationsPerMinutePerSource",
            ]
            #expect(asked.subtracting(limits.compactMap { $0["name"].string }) == [])
            #expect(
                limits.allSatisfy { $0["name"].string != nil && $0["unit"].string != nil && $0["source"].string != nil }
            )
        }
    }

    @Test("statements, rows, bytes and fsyncs per user are published, as metrics and on the dashboard (N7)")
    func N7_databaseLoad() async throws {
        try await TestNode.run { node in
            try await node.add(names(50))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            _ = try await volunteer.report(lease.id, of: lease.names)
            let stats = try await node.api.operate(.GET, "/v1/stats").json
            #expect(stats["users"].int == 50)
            // Asked for the first time after the work: what it took is known all the same.
            for figure in ["databaseStatementsPerUser", "databaseBytesPerUser", "fsyncsPerUser"] {
                let value = try #require(stats[figure].number, "\(figure)")
                #expect(value > 0, "\(figure)")
            }
            let metrics = try await node.api.call(.GET, "/metrics").text
            for name in ["statements", "rows", "bytes_written", "fsyncs"] {
                #expect(metrics.contains("# TYPE dmcheck_store_\(name)_total counter\n"), "\(name)")
                #expect(!metrics.contains("dmcheck_store_\(name)_total 0\n"), "\(name)")
            }
            let page = try await node.api.call(.GET, "/").text
            for tile in ["statements a user", "rows a user", "bytes written a user", "fsyncs a user"] {
                #expect(page.contains("<span>\(tile)</span>"), "\(tile)")
                #expect(!page.contains("<b>0</b><span>\(tile)</span>"), "\(tile)")
            }
            // There is no rate before a second question.
            for figure in ["grantsPerSecond", "resultsPerSecond"] { #expect(stats[figure].number == 0, "\(figure)") }
            let cluster = try await node.api.operate(.GET, "/v1/cluster").json
            #expect(cluster["members"].array.count == 1)
            #expect(cluster["shards"].array.count == 4)
            #expect(cluster["healthy"].bool == true)
            #expect(cluster["balanced"].bool == true)
            #expect(cluster["shards"][0]["replicas"][0]["role"].string == "voter")
        }
    }
}
