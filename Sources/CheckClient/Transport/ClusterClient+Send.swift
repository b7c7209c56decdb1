import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// An answer and the node's clock when it gave it.
package struct Reply<Answer: Sendable>: Sendable {
    package let answer: Answer
    /// The `Date` header, if there is one: whole seconds, so that half of one is added.
    package let nodeTime: Date?
}

extension ClusterClient {
    /// Makes a call and reads its answer.
    ///
    /// - Throws: ``ClientError``. After ``ClientError/unreachable(_:)`` and ``ClientError/cancelled`` it is not known
    ///   whether the call was carried out; the same call again is safe.
    public func send<Answer>(_ call: Call<Answer>) async throws(ClientError) -> Answer {
        try await exchange(call).answer
    }

    package func exchange<Answer>(_ call: Call<Answer>) async throws(ClientError) -> Reply<Answer> {
        var call = call
        if call.method == .POST, call.path == "/v1/leases", call.idempotencyKey == nil {
            call.idempotencyKey = UUID().uuidString
        }
        let body = try encoded(call.body)
        let timeout = Limits.attemptSeconds + Double(call.waitSeconds)
        let final = call
        return try await failingOver { (node) async throws(AttemptError) in
            let request = self.request(final, at: node, body: body)
            let response: HTTPClientResponse
            let bytes: [UInt8]
            do {
                response = try await self.http.execute(request, timeout: .milliseconds(Int64(timeout * 1000)))
                bytes = Array(buffer: try await response.body.collect(upTo: Limits.answerBytes))
            } catch {
                throw AttemptError(error, at: node)
            }
            return try Self.read(Answer.self, response, bytes)
        }
    }

    private func encoded(_ body: (any Encodable & Sendable)?) throws(ClientError) -> [UInt8]? {
        guard let body else { return nil }
        do {
            return try JSONCoding.encode(body)
        } catch {
            throw .badInput("the request cannot be written as JSON: \(error)")
        }
    }

    package func request<Answer>(_ call: Call<Answer>, at node: NodeAddress, body: [UInt8]?) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: node.description + call.target)
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        request.headers.add(name: "accept", value: "application/json, application/problem+json")
        if let credential { request.headers.add(name: "authorization", value: credential.authorization) }
        if let key = call.idempotencyKey { request.headers.add(name: "idempotency-key", value: key) }
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        return request
    }

    package static func read<Answer: Decodable>(
        _: Answer.Type, _ response: HTTPClientResponse, _ bytes: [UInt8]
    ) throws(AttemptError) -> Reply<Answer> {
        guard (200..<300).contains(response.status.code) else { throw AttemptError(response, bytes) }
        do {
            let answer = try JSONCoding.decode(Answer.self, from: bytes.isEmpty ? Array("{}".utf8) : bytes)
            return Reply(
                answer: answer,
                nodeTime: response.headers.first(name: "date").flatMap(HTTPDate.moment)?.addingTimeInterval(0.5))
        } catch {
            throw AttemptError(failure: nil, error: .malformedAnswer("\(response.url?.path ?? ""): \(error)"))
        }
    }

    /// Tries an attempt at one node after another as ``FailOver`` says.
    package func failingOver<Result: Sendable>(
        _ attempt: (NodeAddress) async throws(AttemptError) -> Result
    ) async throws(ClientError) -> Result {
        let clock = ContinuousClock()
        let start = clock.now
        func now() -> Double { (clock.now - start) / .seconds(1) }
        var failOver = FailOver(
            nodes: nodes.count, first: preferred.load(ordering: .relaxed), now: 0, patience: patience)
        // A node that said when to come again knows more than one that said nothing.
        var told: ClientError?
        while true {
            let failed: AttemptError
            do {
                let result = try await attempt(nodes[failOver.node])
                preferred.store(failOver.node, ordering: .relaxed)
                return result
            } catch {
                failed = error
            }
            guard !Task.isCancelled else { throw .cancelled }
            guard let failure = failed.failure else { throw failed.error }
            if failed.error.retryAfter != nil { told = failed.error }
            switch failOver.after(failure, now: now()) {
            case .send: continue
            case .giveUp: throw told ?? failed.error
            case .wait(let seconds, _):
                told = nil
                do {
                    try await clock.sleep(for: .seconds(seconds))
                } catch {
                    throw .cancelled
                }
            }
        }
    }
}
