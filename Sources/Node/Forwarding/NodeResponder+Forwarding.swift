import Coordinator
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

extension NodeResponder: ForwardedCallResponding {
    /// Answers here, or has the node answer that leads what the call is about; tries again while leadership moves, until the
    /// call's time is over.
    func answerAnywhere(
        _ original: ForwardedCall, here: () async throws -> Answer
    ) async throws -> Answer {
        var deadline: ContinuousClock.Instant?
        var pause = Self.shortestPause
        // A call whose link broke may have been carried out; one that was refused as belonging elsewhere was not.
        var outcome = DeliveryOutcome.notApplied
        while true {
            do {
                return try await here()
            } catch let redirect as Redirected {
                let (forward, node) = (environment.forward, redirect.node)
                // When who waits for work hangs up, the other node need not wait on its behalf.
                let answer =
                    original.isLeaseRequest
                    ? await whilePeerListens { await forward(original, node) } : await forward(original, node)
                switch answer {
                case .answered(let status, let headers, let contentType, let body):
                    return Answer(forwarded: status, headers, contentType, body)
                case .lost where !original.mayRepeat || original.isLeaseRequest && PeerPresence.current?.isGone == true:
                    // What nobody waits for any more was taken back, too late perhaps.
                    throw Refusal.unavailable(.unknown, retryAfterSeconds: 1)
                case .silent:
                    throw Refusal.unavailable(original.isRead ? outcome : .unknown, retryAfterSeconds: 1)
                case .lost: if !original.isRead { outcome = .unknown }
                case .elsewhere: break
                }
                let now = ContinuousClock.now
                let end = deadline ?? now + Self.patience
                deadline = end
                guard now < end else {
                    throw Refusal.unavailable(outcome, retryAfterSeconds: 1)
                }
                // Who leads is known again within an election, and after a hand-over in a few round trips; asking without a
                // pause would only heat the loop.
                try await Task.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            } catch Refusal.unavailable(.notApplied, let seconds) where outcome == .unknown {
                throw Refusal.unavailable(.unknown, retryAfterSeconds: seconds)
            }
        }
    }

    /// How long a call is passed on again after it first came back: a little more than an election.
    private static let patience = Duration.milliseconds(1200)
    private static let shortestPause = Duration.milliseconds(5)
    private static let longestPause = Duration.milliseconds(50)

    /// Answers a call that another node passed on.
    func answer(_ call: ForwardedCall) async -> ForwardedAnswer {
        guard let head = call.head else { return .elsewhere }
        let request = IncomingRequest(head: head, body: RequestBody(buffer: ByteBuffer()))
        guard let answer = await answered(request, body: call.body, from: call.peer) else { return .elsewhere }
        switch answer.body {
        case .none: return .answered(status: answer.status, headers: answer.headers, contentType: nil, body: [])
        case .bytes(let contentType, let bytes):
            return .answered(status: answer.status, headers: answer.headers, contentType: contentType, body: bytes)
        case .stream: return .elsewhere
        }
    }
}

extension ForwardedCall {
    /// What a route needs of a request; `body` as it was read.
    init(_ request: IncomingRequest, peer: String, trace: TraceContext, body: [UInt8]) {
        var headers: [(name: String, value: String)] = []
        for name in [HTTPField.Name.authorization, .contentType, .idempotencyKey] {
            if let value = request.headers[name] { headers.append((name.rawName, value)) }
        }
        headers.append((HTTPField.Name.traceparent.rawName, trace.traceparent))
        self.init(
            method: request.method.rawValue, path: request.head.path ?? "/", headers: headers, peer: peer, body: body)
    }

    /// As if a client had sent it here; `nil` when its method is none. Headers without a name are left out.
    package var head: HTTPRequest? {
        guard let method = HTTPRequest.Method(method) else { return nil }
        var fields = HTTPFields()
        for header in headers {
            if let name = HTTPField.Name(header.name) { fields.append(HTTPField(name: name, value: header.value)) }
        }
        return HTTPRequest(method: method, scheme: "https", authority: nil, path: path, headerFields: fields)
    }

    var isRead: Bool { method == "GET" || method == "HEAD" }

    var isLeaseRequest: Bool { method == "POST" && (path == "/v1/leases" || path.hasPrefix("/v1/leases?")) }

    /// How long its answer is waited for: the time that the other node gives the call, and for work to come, and half of the
    /// first of these for the way.
    var patience: Duration {
        Limits.requestTimeout + Limits.requestTimeout / 2 + .seconds(isLeaseRequest ? Limits.longestWaitSeconds : 0)
    }

    /// Whether it may be carried out twice: everything but a lease request without a key.
    var mayRepeat: Bool {
        !isLeaseRequest || headers.contains { $0.name.lowercased() == "idempotency-key" }
    }
}

extension Answer {
    init(
        forwarded status: Int, _ headers: [(name: String, value: String)], _ contentType: String?, _ body: [UInt8]
    ) {
        self.init(status: status, body: contentType.map { .bytes(contentType: $0, body) } ?? .none)
        self.headers = headers
    }
}
