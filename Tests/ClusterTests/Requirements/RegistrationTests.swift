import NIOHTTP1
import Node
import TestSupport
import Testing

@Suite("7.1 Registering and unregistering")
struct RegistrationTests {
    @Test("a first registration is stored, with the secret's hash only")
    func T_7_1_1_firstRegistration() async throws {
        try await TestNode.run { node in
            let volunteer = node.volunteer(1)
            let answer = try await volunteer.register()
            #expect(answer.status == 201)
            #expect(answer.json["id"].string == volunteer.id)
            #expect(answer.json["screenName"].string == volunteer.screenName)
            #expect(answer.json["state"].string == "active")
            #expect(answer.json["firstRegisteredAt"].string == "2026-01-01T00:00:00.000Z")
            #expect(answer.json["capability"]["usersPerWindow"].int == 180)
            #expect(answer.json["capability"]["windowSeconds"].int == 900)
            #expect(!answer.text.contains(volunteer.secret))
            #expect(try await volunteer.call(.GET, "/v1/leases").status == 200)
        }
    }

    @Test("registering again after unregistering keeps the first moment")
    func T_7_1_2_againAfterUnregistering() async throws {
        try await TestNode.run { node in
            let volunteer = node.volunteer(1)
            let first = try await volunteer.register().json["firstRegisteredAt"]
            #expect(try await volunteer.unregister().status == 204)
            #expect(try await volunteer.call(.GET, "/v1/leases").status == 401)
            #expect(try await volunteer.unregister().status == 401)
            node.clock.advance(by: .seconds(60))
            let again = try await volunteer.register()
            #expect(again.status == 200)
            #expect(again.json["firstRegisteredAt"] == first)
            #expect(again.json["lastRegisteredAt"] != first)
            #expect(try await volunteer.call(.GET, "/v1/leases").status == 200)
        }
    }

    @Test("registering again without unregistering succeeds and touches no lease")
    func T_7_1_3_againWithoutUnregistering() async throws {
        try await TestNode.run(shards: 1) { node in
            try await node.add(names(5))
            let volunteer = try await node.registered(1)
            let lease = try await volunteer.take()
            #expect(lease.names.count == 5)
            let again = try await volunteer.register(["usersPerWindow": 90, "windowSeconds": 900])
            #expect(again.status == 200)
            #expect(again.json["capability"]["usersPerWindow"].int == 90)
            let leases = try await volunteer.call(.GET, "/v1/leases").json["items"].array
            #expect(leases.map(\.id) == [lease.id])
            // Another case of the same name is the same name.
            var other = Volunteer(node.api, 1, screenName: volunteer.screenName.uppercased())
            #expect(try await other.register().status == 200)
            other = Volunteer(node.api, 1)
            #expect(try await other.call(.GET, "/v1/leases").json["items"].array.count == 1)
        }
    }

    @Test(
        "no detail or a wrong one is refused by name, and nothing is stored",
        arguments: [
            (["secret": .string(String(repeating: "x", count: 43))], 422, "screenName"),
            (["screenName": "v"], 422, "secret"),
            (["screenName": "v", "secret": "short"], 422, "secret"),
            (["screenName": "not a name", "secret": .string(String(repeating: "x", count: 43))], 422, "screenName"),
            (["screenName": 7, "secret": .string(String(repeating: "x", count: 43))], 400, "screenName"),
            (["screenName": .null, "secret": .string(String(repeating: "x", count: 43))], 400, "screenName"),
            (["screenName": "v", "secret": .string(String(repeating: "x", count: 43)), "extra": 1], 422, "extra"),
            (
                [
                    "screenName": "v", "secret": .string(String(repeating: "x", count: 43)),
                    "capability": ["maxBuckets": 0],
                ],
                422, "capability.maxBuckets"
            ),
        ] as [([String: JSON], Int, String)])
    func T_7_1_4_noDetail(body: [String: JSON], status: Int, field: String) async throws {
        try await TestNode.run { node in
            let answer = try await node.api.call(.PUT, "/v1/clients/42", body: .object(body))
            #expect(answer.status == status, "\(answer.text)")
            #expect(answer.slug == (status == 400 ? "invalid-request" : "invalid-fields"))
            #expect(answer.json["field"].string == field)
            #expect(try await node.api.operate(.GET, "/v1/clients/42").status == 404)
            #expect(try await node.api.operate(.GET, "/v1/clients").json["items"].array.isEmpty)
        }
    }

    @Test("an id that is known under another screen name or secret is taken")
    func T_7_1_5_wrongDetail() async throws {
        try await TestNode.run { node in
            let volunteer = try await node.registered(1)
            let otherName = Volunteer(node.api, 1, screenName: "Somebody")
            let otherSecret = Volunteer(node.api, 1, secret: String(repeating: "z", count: 43))
            for impostor in [otherName, otherSecret] {
                let answer = try await impostor.register()
                #expect(answer.status == 403)
                #expect(answer.slug == "identity-taken")
            }
            #expect(try await node.api.call(.PUT, "/v1/clients/007", body: ["screenName": "v"]).status == 422)
            #expect(try await volunteer.unregister().status == 204)
            // Bound to its secret and screen name until an operator resets it.
            #expect(try await otherSecret.register().slug == "identity-taken")
            #expect(try await node.api.operate(.POST, "/v1/clients/\(volunteer.id)/reset").status / 100 == 2)
            #expect(try await otherSecret.register().status == 200)
        }
    }

    @Test("a flood of registrations is refused by source")
    func T_7_1_6_registrationFlood() async throws {
        try await TestNode.run { node in
            let changed = try await node.api.operate(.PATCH, "/v1/settings", ["registrationsPerMinutePerSource": 5])
            #expect(changed.status == 200, "\(changed.text)")
            var statuses: [Int] = []
            for number in 0..<8 { statuses.append(try await node.volunteer(number).register().status) }
            #expect(statuses == [201, 201, 201, 201, 201, 429, 429, 429])
            let refused = try await node.volunteer(9).register()
            #expect(refused.slug == "rate-limited")
            #expect(refused.headers.first(name: "retry-after").flatMap(Int.init) ?? 0 > 0)
            #expect(refused.headers.first(name: "connection")?.lowercased() == "close")
            node.clock.advance(by: .seconds(61))
            #expect(try await node.volunteer(9).register().status == 201)
        }
    }

    @Test("unregistering with a wrong detail changes nothing")
    func T_7_1_7_unregisterWrongDetail() async throws {
        try await TestNode.run { node in
            try await node.add(names(3))
            let volunteer = try await node.registered(1)
            let other = try await node.registered(2)
            let lease = try await volunteer.take()
            let wrongSecret = Volunteer(node.api, 1, secret: String(repeating: "z", count: 43))
            #expect(try await wrongSecret.unregister().status == 401)
            let another = try await other.call(.DELETE, "/v1/clients/\(volunteer.id)")
            #expect(another.status == 403)
            #expect(another.slug == "forbidden")
            #expect(try await node.api.call(.DELETE, "/v1/clients/\(volunteer.id)").status == 401)
            #expect(try await volunteer.call(.GET, "/v1/leases").json["items"].array.map(\.id) == [lease.id])
        }
    }

    @Test("a registration whose answer was lost may be repeated with the same outcome")
    func T_7_1_8_retryAfterLostAnswer() async throws {
        try await TestNode.run { node in
            let volunteer = node.volunteer(1)
            // The caller goes away before the answer: several times, at different moments.
            for delay in [0, 1, 2, 4, 8] {
                let attempt = Task { try await volunteer.register() }
                for _ in 0..<delay { await Task.yield() }
                attempt.cancel()
                _ = try? await attempt.value
            }
            let answer = try await volunteer.register()
            #expect([200, 201].contains(answer.status))
            #expect(answer.json["firstRegisteredAt"].string == "2026-01-01T00:00:00.000Z")
            #expect(try await node.api.operate(.GET, "/v1/clients").json["items"].array.count == 1)
        }
    }
}
