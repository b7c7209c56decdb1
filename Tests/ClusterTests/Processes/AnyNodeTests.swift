import NIOHTTP1
import TestSupport
import Testing

extension RealNodes {
    @Suite("A client whose node owns nothing that it touches is answered the same")
    struct AnyNodeTests {
        @Test("registering: the first time, again, after unregistering, with no detail, with a wrong one (7.1.1-7.1.5)")
        func T_7_1_registering() async throws {
            try await StrangerNode.run { node in
                let volunteer = Volunteer(node.api, 1)
                let first = try await volunteer.register()
                #expect(first.status == 201)
                #expect(first.json["state"] == "active")
                #expect(!first.text.contains(volunteer.secret))
                #expect(try await volunteer.call(.GET, "/v1/leases").status == 200)
                #expect(try await volunteer.register().status == 200)
                #expect(try await volunteer.unregister().status == 204)
                #expect(try await volunteer.call(.GET, "/v1/leases").status == 401)
                let again = try await volunteer.register()
                #expect(again.status == 200)
                #expect(again.json["firstRegisteredAt"] == first.json["firstRegisteredAt"])

                let lacking = try await node.api.call(.PUT, "/v1/clients/42", body: ["screenName": "v"])
                #expect(lacking.status == 422)
                #expect(lacking.json["field"] == "secret")
                #expect(try await node.api.operate(.GET, "/v1/clients/42").status == 404)
                for impostor in [
                    Volunteer(node.api, 1, screenName: "Somebody"),
                    Volunteer(node.api, 1, secret: String(repeating: "z", count: 43)),
                ] {
                    #expect(try await impostor.register().slug == "identity-taken")
                }
                // All but the last access, which was meanwhile.
                let elsewhere = try await node.other.operate(.GET, "/v1/clients/\(volunteer.id)").json
                #expect(elsewhere.without("lastAccessAt") == again.json.without("lastAccessAt"))
                #expect(elsewhere["lastAccessAt"].string != nil)
            }
        }

        @Test("leasing: one bucket, several, too many, unregistered, none there (7.2.1-7.2.5)")
        func T_7_2_leasing() async throws {
            try await StrangerNode.run { node in
                try await node.service("one", users: 12)
                let volunteer = try await node.registered(1)
                let one = try await volunteer.lease(service: "one")
                #expect(one.json["granted"] == 1)
                #expect(one.json["cap"] == 10)
                #expect(one.json["leases"][0]["remaining"] == 5)

                try await node.service("several", users: 60)
                let several = try await volunteer.lease(count: 3, service: "several")
                #expect(several.json["granted"] == 3)
                let many = try await volunteer.lease(count: 100, service: "several")
                #expect(many.json["cap"] == 10)
                #expect(many.json["granted"] == 7)
                let users = [several, many].flatMap { $0.json["leases"].array }.flatMap(\.names)
                #expect(Set(users).count == 50)

                #expect(try await Volunteer(node.api, 77).lease(service: "one").status == 401)
                try await node.service("none", users: 0)
                let none = try await volunteer.lease(service: "none")
                #expect(none.status == 200)
                #expect(none.json["granted"] == 0)
                #expect(none.headers.first(name: "retry-after").flatMap(Int.init) ?? 0 > 0)
            }
        }

        @Test("reporting: the owner, another, unregistered, in part, a stranger's row, again, too late (7.3.1-7.3.8)")
        func T_7_3_reporting() async throws {
            try await StrangerNode.run { node in
                try await node.service("report", users: 20, settings: ["coolDownSeconds": 0])
                let volunteer = try await node.registered(1)
                let other = try await node.registered(2)
                let whole = try await volunteer.take(of: "report")
                #expect(try await other.report(whole.id, of: whole.names).slug == "lease-not-yours")
                #expect(try await Volunteer(node.api, 77).report(whole.id, of: whole.names).status == 401)
                let all = try await volunteer.report(whole.id, of: whole.names)
                #expect(all.json["accepted"] == 5)
                #expect(all.json["state"] == "done")
                let replay = try await volunteer.report(whole.id, of: whole.names)
                #expect(replay.json["replayed"] == 5)
                #expect(replay.json["state"] == "done")

                let part = try await volunteer.take(of: "report")
                let some = try await volunteer.report(part.id, of: ["stranger"] + part.names.prefix(2))
                #expect(some.json["accepted"] == 2)
                #expect(some.json["remaining"] == 3)
                #expect(some.json["rejected"][0]["reason"] == "notInBucket")
                let rest = try await volunteer.report(part.id, of: [part.names[2]], release: true)
                #expect(rest.json["state"] == "released")
                #expect(try await node.done("report") == 8)

                // What an unregistered client held went back.
                let held = try await other.take(of: "report")
                #expect(try await other.unregister().status == 204)
                #expect(try await other.report(held.id, of: held.names).status == 401)
                #expect(try await node.done("report") == 8)
                let statistics = try await volunteer.record()["statistics"]
                #expect(statistics["bucketsDone"] == 1)
                #expect(statistics["bucketsReleased"] == 1)
                #expect(statistics["faults"]["unassignedUser"] == 1)

                try await node.service(
                    "silent", users: 5, settings: ["leaseSeconds": 1, "graceSeconds": 1, "maxLeaseSeconds": 1])
                let silent = try await volunteer.take(of: "silent")
                try await eventually("a lease that is past its deadline and grace is released") {
                    try await node.api.operate(.GET, "/v1/counts?service=silent").json["leased"] == 0
                }
                let late = try await volunteer.report(silent.id, of: silent.names)
                #expect(late.slug == "lease-gone", "\(late.text)")
            }
        }

        @Test("two processes of one client at different nodes are one client (7.4.1-7.4.3)")
        func T_7_4_sharedIdentity() async throws {
            try await StrangerNode.run { node in
                let here = Volunteer(node.api, 1)
                let there = Volunteer(node.other, 1)
                async let one = here.register(["usersPerWindow": 100_000, "windowSeconds": 900])
                async let two = there.register(["usersPerWindow": 100_000, "windowSeconds": 900])
                #expect(try await [one.status, two.status].sorted() == [200, 201])

                try await node.service("shared", users: 10)
                let lease = try await here.take(of: "shared")
                #expect(try await there.call(.GET, "/v1/leases").json["items"].array.map(\.id) == [lease.id])
                async let first = here.report(lease.id, of: lease.names)
                async let second = there.report(lease.id, of: lease.names)
                let receipts = try await [first.json, second.json]
                #expect(receipts.reduce(0) { $0 + ($1["accepted"].int ?? 0) } == 5, "\(receipts)")
                #expect(receipts.reduce(0) { $0 + ($1["replayed"].int ?? 0) } == 5, "\(receipts)")
                #expect(try await here.record()["statistics"]["usersByVerdict"]["non_dm"] == 5)

                let last = try await there.take(of: "shared")
                async let ended = here.unregister()
                async let report = there.report(last.id, of: last.names)
                #expect(try await ended.status == 204)
                let answer = try await report
                #expect([200, 401, 410].contains(answer.status), "\(answer.text)")
                #expect(try await node.done("shared") == 5 + (answer.json["accepted"].int ?? 0))
                #expect(try await there.report(last.id, of: last.names).status == 401)
                _ = try await here.record()
            }
        }
    }
}
