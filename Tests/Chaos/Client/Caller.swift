import AsyncHTTPClient
import ChaosChecker
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// What came back, or did not.
struct Reply: Sendable {
    var node: String
    var start: Double
    var end: Double
    var status: Int?
    var outcome: Call.Outcome
    var body = Data()
    var detail: String?

    func decoded<Value: Decodable>(_ type: Value.Type) -> Value? {
        guard outcome == .done else { return nil }
        return try? JSONDecoder().decode(type, from: body)
    }

    /// What a call's answer says. An answer that says yes and cannot be read is noted with the call.
    func read<Value: Decodable>(_ type: Value.Type, into call: inout Call) -> Value? {
        guard outcome == .done else { return nil }
        do {
            return try JSONDecoder().decode(type, from: body)
        } catch {
            call.malformed = "\(error): \(String(decoding: body.prefix(300), as: UTF8.self))"
            return nil
        }
    }

    /// The record of it as a call.
    func call(_ kind: Call.Kind, by actor: String) -> Call {
        var call = Call(actor: actor, node: node, kind: kind, start: start, end: end, status: status, outcome: outcome)
        call.detail = detail
        return call
    }
}

/// Makes one request to one node and says what may be concluded from what came of it.
struct Caller: Sendable {
    let http: HTTPClient

    /// - Parameter authority: the file of the cluster's authority.
    init(authority: String) throws {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority))
        var settings = HTTPClient.Configuration(tlsConfiguration: tls)
        settings.httpVersion = .http1Only
        settings.timeout.connect = .seconds(Limits.connectPatience)
        settings.connectionPool.retryConnectionEstablishment = false
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 64
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }

    func send(
        _ method: HTTPMethod, _ path: String, to node: Endpoint, token: String, body: (any Encodable)? = nil,
        key: String? = nil, patience: Double = Limits.callPatience
    ) async -> Reply {
        var request = HTTPClientRequest(url: node.url + path)
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(token)")
        if let key { request.headers.add(name: "idempotency-key", value: key) }
        if let body, let bytes = try? JSONEncoder().encode(body) {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: bytes))
        }
        let start = Date().timeIntervalSince1970
        var reply = Reply(node: node.name, start: start, end: start, outcome: .unknown)
        do {
            let response = try await http.execute(request, timeout: .nanoseconds(Int64(patience * 1e9)))
            reply.body = Data(try await response.body.collect(upTo: 256 << 20).readableBytesView)
            reply.status = Int(response.status.code)
            reply.outcome = Call.Outcome(status: Int(response.status.code), body: reply.body)
            if reply.outcome != .done { reply.detail = String(decoding: reply.body.prefix(300), as: UTF8.self) }
        } catch {
            reply.outcome = Call.Outcome(Self.failure(error))
            reply.detail = "\(error)"
        }
        reply.end = Date().timeIntervalSince1970
        return reply
    }

    private static func failure(_ error: any Error) -> Call.Failure {
        switch error {
        case is NIOConnectionError: .notConnected
        case let error as IOError: .system(errno: error.errnoCode)
        case let error as HTTPClientError where error == .connectTimeout || error == .getConnectionFromPoolTimeout:
            .notConnected
        default: .other
        }
    }
}
