import Checks
import Coordinator
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore

/// Takes a request from Hummingbird, finds its route, has it performed and writes the answer.
///
/// The order in which a call is refused is fixed: no path at all, no or a wrong token, too many requests, a wrong path
/// or method, a wrong form, and then whatever the coordinator says.
struct NodeResponder: Sendable {
    let table: RouteTable
    let environment: HTTPEnvironment
    let limits: RateLimits
    let metrics: HTTPMetrics
    /// It answers calls that other nodes passed on: these have been counted where they came in.
    var isPassedOn = false

    /// What is known of a request while it is answered.
    private struct Progress {
        var position: Int?
        var caller = Caller.nobody
        var policy: RatePolicy?
    }

    @Sendable
    func respond(_ request: IncomingRequest, _ writer: consuming ResponseWriter, _ channel: any Channel) async throws {
        let begun = ContinuousClock.now
        if request.headers[.expect]?.lowercased() == "100-continue" {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
        }
        var random = SystemRandomNumberGenerator()
        let trace =
            request.headers[.traceparent].flatMap { TraceContext(traceparent: $0) } ?? TraceContext(using: &random)
        var logger = environment.logger
        logger[metadataKey: "trace"] = "\(trace.traceID)"
        let peer = HTTPPeer(address: channel.remoteAddress?.ipAddress ?? "")
        var progress = Progress()
        let answer = try await answered(request, peer, trace, logger, &progress)
        metrics.answered(position: progress.position, status: answer.status, after: ContinuousClock.now - begun)
        try await write(answer.with("traceparent", trace.traceparent), policy: progress.policy, to: writer)
    }

    /// Answers a call that another node passed on; `nil` when this one does not lead what it is about.
    func answered(_ request: IncomingRequest, body: [UInt8], from peer: String) async -> Answer? {
        var random = SystemRandomNumberGenerator()
        let trace =
            request.headers[.traceparent].flatMap { TraceContext(traceparent: $0) } ?? TraceContext(using: &random)
        var logger = environment.logger
        logger[metadataKey: "trace"] = "\(trace.traceID)"
        var progress = Progress()
        do {
            return try await answer(request, HTTPPeer(address: peer), trace, logger, &progress, passedOn: body)
        } catch Refusal.elsewhere {
            return nil
        } catch is Redirected {
            return nil
        } catch {
            return try? answer(to: error, request, trace, logger)
        }
    }

    private func answered(
        _ request: IncomingRequest, _ peer: HTTPPeer, _ trace: TraceContext, _ logger: Logger,
        _ progress: inout Progress
    ) async throws -> Answer {
        let answer: Answer
        do {
            answer = try await self.answer(request, peer, trace, logger, &progress)
        } catch {
            answer = try self.answer(to: error, request, trace, logger)
        }
        if answer.status >= 500 {
            logger.warning(
                "answered \(answer.status)",
                metadata: ["method": "\(request.method)", "path": "\(request.uri.path)", "peer": "\(peer.address)"])
        } else {
            logger.debug(
                "answered \(answer.status)",
                metadata: ["method": "\(request.method)", "path": "\(request.uri.path)", "peer": "\(peer.address)"])
        }
        return answer
    }

    /// What a failure is answered with.
    ///
    /// - Throws: what ends the connection instead.
    private func answer(
        to error: any Error, _ request: IncomingRequest, _ trace: TraceContext, _ logger: Logger
    ) throws -> Answer {
        switch error {
        case let problem as Problem: return Answer(problem)
        case let refusal as Refusal: return Answer(Problem(refusal, trace: trace.traceID))
        case let error as JSONFieldError: return Answer(Problem(error))
        case is RequestCutShort:
            // The connection has been answered where the request broke off.
            throw RequestCutShort()
        case let error as CancellationError: throw error
        default:
            logger.error("a request failed", metadata: ["error": "\(error)", "path": "\(request.uri.path)"])
            return Answer(.internalError(trace: trace.traceID))
        }
    }

    private func answer(
        _ request: IncomingRequest, _ peer: HTTPPeer, _ trace: TraceContext, _ logger: Logger,
        _ progress: inout Progress, passedOn: [UInt8]? = nil
    ) async throws -> Answer {
        let target = try RequestTarget(request.head.path ?? "/")
        let match = table.match(request.method, target.segments)
        progress.caller = request.headers[.authorization].map { Caller(authorization: $0) } ?? .nobody
        guard case .route(let position, let parameters) = match else {
            if target.segments.first == "v1" {
                try admit(&progress)
                try await authenticate(progress.caller, as: .either)
            }
            if passedOn == nil { try await drain(request) }
            if case .wrongMethod(let allow) = match { throw Problem.methodNotAllowed(allow: allow) }
            throw Problem.notFound()
        }
        progress.position = position
        let route = table.routes[position]
        switch route.access {
        case .anyone: break
        case .operatorUnlessLoopback:
            if !peer.isLoopback { try await authenticate(progress.caller, as: .operator) }
        case .token: try admit(&progress)
        case .registration: try admitRegistration(from: peer, &progress)
        }
        var call = Call(
            caller: progress.caller, parameters: parameters, query: try QueryValues([], for: []),
            headers: request.headers, peer: peer, trace: trace, logger: logger)
        var body: [UInt8] = []
        do {
            call.query = try QueryValues(target.query, for: route.query)
            switch try await route.body.read(request, passedOn: passedOn) {
            case .none: break
            case .json(let value, let bytes):
                call.json = value
                body = bytes
            case .rows(let rows): call.rows = rows
            case .refused(let problem): throw problem
            }
        } catch let problem as Problem {
            try await authenticateMalformed(progress.caller, route)
            throw problem
        }
        if request.method == .head, let contentType = route.streams {
            // A stream is not produced only to be thrown away.
            try await authenticateMalformed(progress.caller, route)
            return .stream(contentType) { _ in }
        }
        let (caller, checked) = (progress.caller, call)
        let original = ForwardedCall(request, peer: peer.address, trace: trace, body: body)
        let stale = checked.query["consistency"] == "stale" ? StaleRead() : nil
        return try await answerAnywhere(original) {
            do {
                let answer = try await StaleRead.$current.withValue(stale) { try await route.perform(checked) }
                return stale?.marked(answer) ?? answer
            } catch let malformed as MalformedCall {
                try await authenticateMalformed(caller, route)
                throw malformed.problem
            }
        }
    }

    /// Counts the request against its caller's limit; the policy is told with a refusal, too.
    private func admit(_ progress: inout Progress) throws(Problem) {
        guard progress.caller != .nobody else { throw .unauthenticated }
        // The node that the client called has counted it.
        guard !isPassedOn else { return }
        // The limit protects against volunteers' programs; an operator's import or script is not one of them.
        guard case .client = progress.caller else { return }
        let perSecond = environment.settings().requestsPerSecondPerClient
        let verdict = limits.request(
            of: progress.caller, perSecond: perSecond, at: environment.monotonicMilliseconds())
        let policy = RatePolicy(name: "client", quota: perSecond, windowSeconds: 1, verdict: verdict)
        progress.policy = policy
        guard verdict.isAllowed else {
            throw .rateLimited(
                "A client may send \(perSecond) requests a second.", retryAfterSeconds: policy.waitSeconds)
        }
    }

    private func admitRegistration(from peer: HTTPPeer, _ progress: inout Progress) throws(Problem) {
        guard !isPassedOn else { return }
        let perMinute = environment.settings().registrationsPerMinutePerSource
        let verdict = limits.registration(
            from: peer.address, perMinute: perMinute, at: environment.monotonicMilliseconds())
        let policy = RatePolicy(name: "source", quota: perMinute, windowSeconds: 60, verdict: verdict)
        progress.policy = policy
        guard verdict.isAllowed else {
            throw Problem.rateLimited(
                "One source may send \(perMinute) registrations a minute.", retryAfterSeconds: policy.waitSeconds
            ).closing()
        }
    }

    private func authenticateMalformed(_ caller: Caller, _ route: Route) async throws {
        if let request = route.whenMalformed?(caller) {
            _ = try await environment.performer.perform(request).get()
        } else if case .token(let role) = route.access {
            try await authenticate(caller, as: role)
        }
    }

    private func authenticate(_ caller: Caller, as role: Role) async throws {
        guard caller != .nobody else { throw Problem.unauthenticated }
        _ = try await environment.performer.perform(.authenticate(caller, as: role)).get()
    }

    /// Reads what there is of a body, so that the connection can go on; a large one ends it.
    private func drain(_ request: IncomingRequest) async throws {
        var count = 0
        for try await chunk in request.body {
            count += chunk.readableBytes
            if count > HTTPLimits.smallBody { return }
        }
    }

    private func write(_ answer: Answer, policy: RatePolicy?, to writer: consuming ResponseWriter) async throws {
        var fields = HTTPFields()
        for header in answer.headers {
            if let name = HTTPField.Name(header.name) { fields[name] = header.value }
        }
        if let policy {
            fields[.rateLimitPolicy] = policy.policyField
            fields[.rateLimit] = policy.limitField
        }
        fields[.cacheControl] = "no-store"
        let body: ResponseBody
        switch answer.body {
        case .none:
            body = ResponseBody()
        case .bytes(let contentType, let bytes):
            fields[.contentType] = contentType
            fields[.contentLength] = String(bytes.count)
            body = ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        case .stream(let contentType, let write):
            fields[.contentType] = contentType
            body = ResponseBody { writer in
                try await write(&writer)
                try await writer.finish(nil)
            }
        }
        let status = HTTPResponse.Status(integerLiteral: answer.status)
        try await writer.write(response: HTTPResponse(status: status, headerFields: fields), body: body)
    }
}

extension HTTPField.Name {
    static let traceparent = HTTPField.Name(token: "traceparent")
    static let idempotencyKey = HTTPField.Name(token: "Idempotency-Key")
    static let rateLimitPolicy = HTTPField.Name(token: "RateLimit-Policy")
    static let rateLimit = HTTPField.Name(token: "RateLimit")

    private init(token name: StaticString) {
        guard let parsed = HTTPField.Name("\(name)") else { preconditionFailure("a field's name is a token") }
        self = parsed
    }
}
