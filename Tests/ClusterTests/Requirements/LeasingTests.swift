import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("7.2 Taking leases")
struct LeasingTests {
    @Test("one bucket")
    func T_7_2_1_oneBucket() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(400))
            let volunteer = try await node.registered(1)
            let answer = try await volunteer.lease()
            #expect(answer.status == 200)
            #expect(answer.json["requested"].int == 1)
            #expect(answer.json["granted"].int == 1)
            #expect(answer.json["cap"].int == 10)
            #expect(answer.json["outstanding"].int == 0)
            let lease = answer.json["leases"][0]
            #expect(lease["service"].string == "dmcheck")
            #expect(lease["state"].string == "open")
            #expect(lease["slow"].bool == false)
            #expect(lease["attempt"].int == 1)
            #expect(lease["grantedAt"].string == "2026-01-01T00:00:00.000Z")
            #expect(lease["deadline"].string == "2026-01-01T00:20:00.000Z")
            #expect(lease["remaining"].int == 180)
            #expect(Set(lease.names).count == 180)
            #expect(try await volunteer.record()["statistics"]["bucketsHeld"].int == 1)
        }
    }

    @Test("several buckets are disjoint and no more than asked for")
    func T_7_2_2_severalBuckets() async throws {
        try await TestNode.run { node in
            try await node.add(names(2000))
            let volunteer = try await node.registered(1)
            let answer = try await volunteer.lease(count: 3)
            #expect(answer.json["granted"].int == 3)
            let users = answer.json["leases"].array.flatMap(\.names)
            #expect(Set(users).count == users.count)
            let other = try await node.registered(2)
            let theirs = try await other.lease(count: 3).json["leases"].array.flatMap(\.names)
            #expect(Set(users).isDisjoint(with: theirs))
        }
    }

    @Test("too many are clamped to the cap, and the answer says so")
    func T_7_2_3_tooManyBuckets() async throws {
        try await TestNode.run { node in
            try await node.set(["bucketSize": 5])
            try await node.add(names(600))
            let volunteer = try await node.registered(1)
            let answer = try await volunteer.lease(count: 50)
            #expect(answer.json["requested"].int == 50)
            #expect(answer.json["cap"].int == 10)
            #expect(answer.json["granted"].int == 10)
            let more = try await volunteer.lease()
            #expect(more.status == 200)
            #expect(more.json["granted"].int == 0)
            #expect(more.json["outstanding"].int == 10)
            // A lease that ended a moment ago makes room at once.
            let lease = answer.json["leases"][0]
            #expect(try await volunteer.report(lease.id, of: lease.names).json["state"].string == "done")
            #expect(try await volunteer.lease().json["granted"].int == 1)
        }
    }

    @Test("an unregistered caller is refused, whatever it says")
    func T_7_2_4_unregistered() async throws {
        try await TestNode.run { node in
            try await node.add(names(5))
            let stranger = node.volunteer(1)
            for answer in [
                try await stranger.lease(), try await node.api.call(.POST, "/v1/leases", body: [:]),
                try await node.api.call(.POST, "/v1/leases", token: "nonsense", body: [:]),
            ] {
                #expect(answer.status == 401)
                #expect(answer.slug == "unauthenticated")
            }
            #expect(try await node.api.operate(.POST, "/v1/leases", [:]).slug == "forbidden")
            #expect(try await node.counts()["leased"].int == 0)
        }
    }

    @Test("none available is an empty list and when to come back")
    func T_7_2_5_noneAvailable() async throws {
        try await TestNode.run { node in
            let volunteer = try await node.registered(1)
            let answer = try await volunteer.lease()
            #expect(answer.status == 200)
            #expect(answer.json["granted"].int == 0)
            #expect(answer.json["leases"].array.isEmpty)
            #expect(answer.json["retryAfterSeconds"].int ?? 0 > 0)
            #expect(answer.headers.first(name: "retry-after").flatMap(Int.init) ?? 0 > 0)
        }
    }

    @Test("a long poll answers as soon as there is work")
    func N4_longPollWakes() async throws {
        try await TestNode.run { node in
            let volunteer = try await node.registered(1)
            async let answer = volunteer.lease(wait: 30)
            // Whether the poll or the users come first must not matter: virtual time stands still either way.
            try await node.add(names(3))
            #expect(try await answer.json["granted"].int == 1)
        }
    }

    @Test("a long poll with nothing to do ends after its time")
    func N4_longPollEnds() async throws {
        try await TestNode.run { node in
            let volunteer = try await node.registered(1)
            let ended = Flag()
            async let answer = ended.after { try await volunteer.lease(wait: 2) }
            // Virtual time passes only here; the poll may arrive at any moment in between.
            for _ in 0..<10_000 where !ended.isSet {
                node.clock.advance(by: .seconds(1))
                _ = try await node.counts()
            }
            #expect(try await answer.json["granted"].int == 0)
        }
    }

    @Test("the same key finds the same lease, another body is refused")
    func idempotencyKey() async throws {
        try await TestNode.run { node in
            try await node.set(["bucketSize": 10])
            try await node.add(names(200))
            let volunteer = try await node.registered(1)
            let first = try await volunteer.lease(count: 2, key: "k1")
            let again = try await volunteer.lease(count: 2, key: "k1")
            #expect(again.status == 200)
            #expect(again.json["leases"].array.map(\.id) == first.json["leases"].array.map(\.id))
            #expect(again.json["leases"].array.map(\.names) == first.json["leases"].array.map(\.names))
            let other = try await volunteer.lease(count: 3, key: "k1")
            #expect(other.status == 422)
            #expect(other.slug == "idempotency-mismatch")
            // The replay shows each lease as granted, whatever became of it.
            let lease = first.json["leases"][0]
            _ = try await volunteer.report(lease.id, of: lease.names)
            let later = try await volunteer.lease(count: 2, key: "k1")
            #expect(later.json["leases"][0].names == lease.names)
            #expect(try await volunteer.record()["statistics"]["bucketsAssigned"].int == 2)
            for bad in ["", String(repeating: "k", count: 65), "a b"] {
                #expect(try await volunteer.lease(key: bad).status == 400)
            }
        }
    }

    @Test("beyond the window nothing is granted until it has passed")
    func F4_window() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(1000))
            let volunteer = node.volunteer(1)
            try await volunteer.register(["usersPerWindow": 360, "windowSeconds": 900])
            #expect(try await volunteer.lease(count: 5).json["granted"].int == 2)
            let refused = try await volunteer.lease()
            #expect(refused.json["granted"].int == 0)
            let wait = try #require(refused.headers.first(name: "retry-after").flatMap(Int.init))
            #expect((1...900).contains(wait))
            #expect(try await volunteer.record()["statistics"]["usersInWindow"].int == 360)
            node.clock.advance(by: .seconds(wait))
            #expect(try await volunteer.lease().json["granted"].int == 1)
        }
    }

    @Test("a service that the capability does not list is forbidden, an unknown one is not found")
    func F4_services() async throws {
        try await TestNode.run { node in
            try await node.set([:], of: "other")
            let volunteer = node.volunteer(1)
            try await volunteer.register(["services": ["dmcheck"]])
            let forbidden = try await volunteer.lease(service: "other")
            #expect(forbidden.status == 403)
            #expect(forbidden.slug == "forbidden")
            #expect(try await volunteer.lease(service: "nothing").status == 404)
            #expect(try await volunteer.lease(service: "Not A Name").status == 422)
        }
    }
}
