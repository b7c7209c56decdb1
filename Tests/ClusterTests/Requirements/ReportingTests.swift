import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("7.3 Reporting")
struct ReportingTests {
    @Test("the owner's report is stored once and the bucket is done")
    func T_7_3_1_owner() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(20))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            let receipt = try await volunteer.report(lease.id, of: lease.names, verdict: "dm")
            #expect(receipt.status == 200)
            #expect(receipt.json["accepted"].int == 20)
            #expect(receipt.json["replayed"].int == 0)
            #expect(receipt.json["discarded"].int == 0)
            #expect(receipt.json["rejected"].array.isEmpty)
            #expect(receipt.json["remaining"].int == 0)
            #expect(receipt.json["state"].string == "done")
            let counts = try await node.counts()
            #expect(counts["done"].int == 20)
            #expect(counts["leased"].int == 0)
            #expect(counts["byVerdict"]["dm"].int == 20)
            let user = try await node.user(lease.names[0])
            #expect(user["tasks"][0]["state"].string == "done")
            #expect(user["verdicts"][0]["verdict"].string == "dm")
            #expect(user["verdicts"][0]["clients"] == [.string(volunteer.id)])
            #expect(user["verdicts"][0]["leases"] == [.string(lease.id)])
            #expect(user["verdicts"][0]["validTo"].isNull)
            let statistics = try await volunteer.record()["statistics"]
            #expect(statistics["bucketsDone"].int == 1)
            #expect(statistics["usersByVerdict"]["dm"].int == 20)
            for answer in [
                try await volunteer.call(.GET, "/v1/leases/\(lease.id)"),
                try await volunteer.call(.POST, "/v1/leases/\(lease.id)/renew"),
                try await volunteer.call(.DELETE, "/v1/leases/\(lease.id)"),
            ] {
                #expect(answer.status == 410)
                #expect(answer.slug == "lease-gone")
            }
        }
    }

    @Test("another client's lease: refused, nothing changes, the fault is counted and logged")
    func T_7_3_2_notOwned() async throws {
        try await TestNode.run { node in
            try await node.add(names(5))
            let owner = try await node.registered(1)
            let thief = try await node.registered(2)
            let lease = try await owner.take()
            let before = try await node.counts()
            for answer in [
                try await thief.report(lease.id, of: lease.names),
                try await thief.call(.GET, "/v1/leases/\(lease.id)"),
                try await thief.call(.POST, "/v1/leases/\(lease.id)/renew"),
                try await thief.call(.DELETE, "/v1/leases/\(lease.id)"),
            ] {
                #expect(answer.status == 403)
                #expect(answer.slug == "lease-not-yours")
            }
            #expect(try await node.counts() == before)
            #expect(try await thief.record()["statistics"]["faults"]["notOwnBucket"].int == 4)
            let activity = try await node.api.operate(.GET, "/v1/clients/\(thief.id)/activity").json["items"].array
            #expect(activity.contains { $0["kind"].string == "fault" && $0["fault"].string == "notOwnBucket" })
            #expect(try await owner.report(lease.id, of: lease.names).json["accepted"].int == lease.names.count)
        }
    }

    @Test("an unregistered caller changes nothing, on its own former bucket or another's")
    func T_7_3_3_and_T_7_3_4_unregistered() async throws {
        try await TestNode.run { node in
            try await node.add(names(5))
            let former = try await node.registered(1)
            let lease = try await former.take()
            #expect(try await former.unregister().status == 204)
            let own = try await former.report(lease.id, of: lease.names)
            #expect(own.status == 401)
            #expect(try await node.counts()["done"].int == 0)
            #expect(try await node.counts()["leased"].int == 0)
            let owner = try await node.registered(2)
            let second = try await owner.take()
            #expect(try await former.report(second.id, of: second.names).status == 401)
            #expect(try await node.volunteer(77).report(second.id, of: second.names).status == 401)
            #expect(try await node.counts()["done"].int == 0)
        }
    }

    @Test("a partial report is durable; the rest stays leased, or goes back")
    func T_7_3_5_partial() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(10))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            let part = try await volunteer.report(lease.id, of: Array(lease.names.prefix(4)))
            #expect(part.json["accepted"].int == 4)
            #expect(part.json["remaining"].int == 6)
            #expect(part.json["state"].string == "open")
            let open = try await volunteer.call(.GET, "/v1/leases/\(lease.id)").json
            #expect(open.names == Array(lease.names.dropFirst(4)))
            #expect(try await node.counts()["done"].int == 4)
            #expect(try await node.counts()["leased"].int == 6)
            let rest = try await volunteer.report(lease.id, of: [lease.names[4]], release: true)
            #expect(rest.json["state"].string == "released")
            #expect(rest.json["accepted"].int == 1)
            #expect(try await node.counts()["bucketed"].int == 5)
            #expect(try await volunteer.record()["statistics"]["bucketsReleased"].int == 1)
            // What went back is given to others, as the next attempt, but not to this client for now.
            #expect(try await volunteer.lease().json["granted"].int == 0)
            let other = try await node.registered(2)
            let next = try await other.take()
            #expect(Set(next.names) == Set(lease.names.dropFirst(5)))
            #expect(next["attempt"].int == 2)
        }
    }

    @Test("a row for a user that is not in the bucket is rejected by name, the others are stored")
    func T_7_3_6_userNotInBucket() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(5))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            let receipt = try await volunteer.report(lease.id, of: [lease.names[0], "stranger", lease.names[1]])
            #expect(receipt.status == 200)
            #expect(receipt.json["accepted"].int == 2)
            #expect(receipt.json["rejected"][0]["index"].int == 1)
            #expect(receipt.json["rejected"][0]["screenName"].string == "stranger")
            #expect(receipt.json["rejected"][0]["reason"].string == "notInBucket")
            #expect(receipt.json["remaining"].int == 3)
            #expect(try await volunteer.record()["statistics"]["faults"]["unassignedUser"].int == 1)
        }
    }

    @Test("rows are judged one by one; a body with no well-formed row is refused whole")
    func rowsAreJudgedOneByOne() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(6))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            let name = lease.names.map { JSON.string($0) }
            let receipt = try await volunteer.report(
                lease.id,
                [
                    ["screenName": name[0], "verdict": "dm"], ["screenName": name[1], "verdict": "perhaps"],
                    ["screenName": "no such name!", "verdict": "dm"], 7, ["screenName": name[0], "verdict": "non_dm"],
                    ["screenName": name[0], "verdict": "dm"],
                ])
            #expect(receipt.status == 200, "\(receipt.text)")
            #expect(receipt.json["accepted"].int == 1)
            #expect(receipt.json["replayed"].int == 1)
            #expect(
                receipt.json["rejected"].array.map { $0["reason"].string } == [
                    "invalidVerdict", "invalidScreenName", "malformedRow", "conflictsWithEarlier",
                ])
            let refused = try await volunteer.report(lease.id, [7, ["verdict": "dm"]])
            #expect(refused.status == 422)
            #expect(try await volunteer.record()["statistics"]["faults"]["malformed"].int == 1)
        }
    }

    @Test("a report whose answer was lost is all or nothing, and its replay is idempotent")
    func T_7_3_7_lostAnswer() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(10))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            for delay in [0, 2, 5, 20] {
                let attempt = Task { try await volunteer.report(lease.id, of: lease.names) }
                for _ in 0..<delay { await Task.yield() }
                attempt.cancel()
                _ = try? await attempt.value
            }
            let receipt = try await volunteer.report(lease.id, of: lease.names)
            #expect(receipt.status == 200)
            #expect((receipt.json["accepted"].int ?? 0) + (receipt.json["replayed"].int ?? 0) == 10)
            #expect(receipt.json["state"].string == "done")
            let again = try await volunteer.report(lease.id, of: lease.names)
            #expect(again.json["replayed"].int == 10)
            #expect(again.json["state"].string == "done")
            // One row that it did not take as it stands makes the whole answer 410.
            let different = try await volunteer.report(lease.id, of: [lease.names[0]], verdict: "dm")
            #expect(different.status == 410)
            let statistics = try await volunteer.record()["statistics"]
            #expect(statistics["usersByVerdict"]["non_dm"].int == 10)
            #expect(statistics["bucketsDone"].int == 1)
        }
    }

    @Test("a client that never reports: dead at the deadline, released after the grace period, late writes refused")
    func T_7_3_8_neverReports() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(5))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            node.clock.advance(by: .seconds(601))
            #expect(try await volunteer.call(.GET, "/v1/leases/\(lease.id)").json["slow"].bool == true)
            node.clock.advance(by: .seconds(600))
            let dead = try await volunteer.call(.GET, "/v1/leases/\(lease.id)").json
            #expect(dead["state"].string == "dead")
            var statistics = try await volunteer.record()["statistics"]
            #expect(statistics["bucketsDead"].int == 1)
            #expect(statistics["bucketsHeld"].int == 1)
            // Within the grace period the holder may still deliver.
            #expect(try await volunteer.report(lease.id, of: [lease.names[0]]).json["accepted"].int == 1)
            node.clock.advance(by: .seconds(300))
            try await node.settled { try await node.counts()["leased"].int == 0 }
            let late = try await volunteer.report(lease.id, of: [lease.names[1]])
            #expect(late.status == 410)
            #expect(late.slug == "lease-gone")
            statistics = try await volunteer.record()["statistics"]
            #expect(statistics["bucketsDead"].int == 1)
            #expect(statistics["bucketsReleased"].int == 1)
            #expect(statistics["bucketsHeld"].int == 0)
            #expect(statistics["faults"]["unknownBucket"].int == 0)
            let next = try await (try await node.registered(2)).lease().json["leases"][0]
            #expect(next["attempt"].int == 2)
            #expect(Set(next.names) == Set(lease.names.dropFirst()))
        }
    }

    @Test("an id that was never this client's is gone, and counted")
    func unknownLease() async throws {
        try await TestNode.run { node in
            let volunteer = try await node.registered(1)
            for id in ["AAAAAAAAAAAAAAAAAAAAAAAA", "AAGAAAAAAAAAAAAAAAAAAAAA", "x", String(repeating: "a", count: 128)]
            {
                let answer = try await volunteer.report(id, of: ["somebody"])
                #expect(answer.status == 410 || answer.status == 404, "\(id): \(answer.status)")
            }
            #expect(try await volunteer.record()["statistics"]["faults"]["unknownBucket"].int ?? 0 > 0)
        }
    }

    @Test("renewing moves the deadline up to the longest time, then conflicts")
    func renewing() async throws {
        try await TestNode.run { node in
            try await node.add(names(3))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            #expect(try await volunteer.call(.POST, "/v1/leases/\(lease.id)/renew").status == 409)
            node.clock.advance(by: .seconds(100))
            let renewed = try await volunteer.call(.POST, "/v1/leases/\(lease.id)/renew")
            #expect(renewed.status == 200)
            #expect(renewed.json["deadline"].string == "2026-01-01T00:21:40.000Z")
            // A dead lease opens again.
            node.clock.advance(by: .seconds(1250))
            #expect(try await volunteer.call(.GET, "/v1/leases/\(lease.id)").json["state"].string == "dead")
            #expect(try await volunteer.call(.POST, "/v1/leases/\(lease.id)/renew").status == 200)
            #expect(try await volunteer.call(.GET, "/v1/leases/\(lease.id)").json["state"].string == "open")
            for _ in 0..<5 {
                node.clock.advance(by: .seconds(1100))
                _ = try await volunteer.call(.POST, "/v1/leases/\(lease.id)/renew")
            }
            let last = try await volunteer.call(.GET, "/v1/leases/\(lease.id)").json
            #expect(last["deadline"].string == "2026-01-01T02:00:00.000Z")
        }
    }
}
