import Checks
import Coordinator
import HTTPTypes

/// Taking, showing, renewing and giving back leases.
extension Endpoints {
    var leases: [Route] {
        [
            Route(
                .post, "/v1/leases", "Ask for buckets of users to check", access: .token(.client),
                body: .json(Self.leaseOrder, limit: HTTPLimits.smallBody), headers: ["Idempotency-Key"],
                replies: [.json(200, "What was granted, perhaps nothing", .grant)],
                problems: [.invalidFields, .forbidden, .quarantined, .notFound, .conflict, .idempotencyMismatch],
                perform: lease),
            Route(
                .get, "/v1/leases", "The own live leases, each with the users that remain", access: .token(.client),
                query: [.limit, .cursor], replies: [.json(200, "A page of leases", .page(of: .lease))],
                problems: [.forbidden]
            ) { call in
                let response = try await perform(.leases(call.caller))
                guard case .leases(let leases) = response else { throw UnexpectedResponse(response: response) }
                let now = environment.now()
                return try .listing(all: leases, call.page) { $1.write($0, now: now) }
            },
            Route(
                .get, "/v1/leases/{lease}", "One lease", access: .token(.client),
                replies: [.json(200, "The lease", .lease)],
                problems: [.leaseNotYours, .leaseGone]
            ) { call in
                let response = try await perform(.showLease(call.caller, lease(of: call)))
                guard case .lease(let lease) = response else { throw UnexpectedResponse(response: response) }
                let now = environment.now()
                return .json { $0.members(of: lease, now: now) }
            },
            Route(
                .post, "/v1/leases/{lease}/renew", "Move the deadline", access: .token(.client),
                replies: [.json(200, "The new deadline", .renewal)], problems: [.leaseNotYours, .conflict, .leaseGone]
            ) { call in
                let response = try await perform(.renew(call.caller, lease(of: call)))
                guard case .renewed(let deadline) = response else { throw UnexpectedResponse(response: response) }
                return .json { $0.field("deadline", time: deadline) }
            },
            Route(
                .delete, "/v1/leases/{lease}", "Give a lease back", access: .token(.client),
                replies: [.empty("Given back, also when repeated")], problems: [.leaseNotYours, .leaseGone]
            ) { call in
                _ = try await perform(.giveBack(call.caller, lease(of: call)))
                return .noContent
            },
        ]
    }

    private static let leaseOrder = JSONSchema.object([
        .optional("service", .string(.serviceName), "dmcheck if not given"),
        .optional("count", .integer(1...Int(Int32.max)), "1 if not given; what is beyond the cap is not granted"),
        .optional(
            "waitSeconds", .integer(0...Limits.longestWaitSeconds),
            "how long to wait for the first bucket, 0 if not given"),
    ])

    /// The lease that the path names. A text that no node can have made is asked of the coordinator all the same: it
    /// authenticates the caller and counts the fault.
    func lease(of call: Call) async throws -> LeaseID {
        if let lease = LeaseID(call.parameters[0]) { return lease }
        _ = try await perform(.unknownLease(call.caller))
        throw Problem.leaseGone
    }

    @Sendable
    private func lease(_ call: Call) async throws -> Answer {
        let fields = try call.fields()
        let order = LeaseOrder(
            service: try fields.service(), count: try fields.optionalInteger("count") ?? 1,
            waitSeconds: try fields.optionalInteger("waitSeconds") ?? 0, key: try idempotencyKey(call, fields))
        let request = Request.lease(call.caller, order)
        let response = try await order.waitSeconds > 0 ? longPoll(request) : perform(request)
        guard case .leased(let grant) = response else { throw UnexpectedResponse(response: response) }
        let now = environment.now()
        let answer = Answer.json {
            $0.field("requested", grant.requested)
            $0.field("granted", grant.leases.count)
            $0.field("cap", grant.cap)
            $0.field("outstanding", grant.outstanding)
            $0.array("leases") { for lease in grant.leases { $0.write(lease, now: now) } }
            $0.field("retryAfterSeconds", ifPresent: grant.retryAfterSeconds)
        }
        guard let seconds = grant.retryAfterSeconds else { return answer }
        return answer.with("Retry-After", String(seconds))
    }

    /// A wait that was cut short has had no effect: the caller may ask another node at once.
    private func longPoll(_ request: Request) async throws -> Response {
        let result = await whilePeerListens { await environment.performer.perform(request) }
        if case .answered(.failure(.timeout(.notApplied))) = result, PeerPresence.current?.isGone == true {
            throw Problem.unavailable(
                "The wait was cut short: the node is shutting down, or the client has closed its side.",
                retryAfterSeconds: 1, outcome: .notApplied)
        }
        return try result.get()
    }

    /// 1 to 64 visible ASCII characters. Whoever sends a bad one must still be who it says.
    private func idempotencyKey(_ call: Call, _ fields: JSONFields) throws -> Reservation.Key? {
        guard let key = call.headers[.idempotencyKey] else { return nil }
        guard (1...64).contains(key.utf8.count), key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw MalformedCall(
                .invalidRequest(
                    "Idempotency-Key must be 1 to 64 visible ASCII characters.", field: "Idempotency-Key"))
        }
        return Reservation.Key(key: key, body: fields.value.canonicalDigest)
    }
}
