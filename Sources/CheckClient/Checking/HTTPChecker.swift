import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// A checker behind a URL: one `POST` of one user as JSON, answered `200` with one result as JSON.
package struct HTTPChecker: Checker {
    private let url: String
    private let http: HTTPClient

    /// A checker at `url`, which the system trusts: the cluster's authority has no say there.
    ///
    /// - Throws: ``ClientError/badInput(_:)`` when it is no `http` or `https` URL.
    package init(url: String) throws(ClientError) {
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw .badInput("'\(url)' is not a URL; write --checker http://HOST:PORT/PATH")
        }
        self.url = url
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.timeout = .init(connect: .milliseconds(Int64(Limits.connectSeconds * 1000)))
        // The volunteer repeats, and says so.
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    package func close() async {
        // Closing twice is the only error there is, and it changes nothing.
        try? await http.shutdown()
    }

    package func check(
        _ users: AsyncStream<UserReference>, say: @escaping @Sendable (CheckerLine) -> Void
    ) async throws {
        for await user in users {
            try Task.checkCancellation()
            say(try await ask(about: user))
        }
    }

    private func ask(about user: UserReference) async throws -> CheckerLine {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "content-type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try JSONCoding.encode(user)))
        let text: String
        do {
            let response = try await http.execute(request, timeout: .seconds(Int64(Limits.attemptSeconds)))
            text = String(buffer: try await response.body.collect(upTo: Limits.checkerLineBytes))
            guard response.status == .ok else {
                throw CheckerFailure("\(url) answers \(response.status.code) for \(user.screenName)")
            }
        } catch let failure as CheckerFailure {
            throw failure
        } catch {
            throw CheckerFailure("\(url) does not answer for \(user.screenName): \(AttemptError.reason(error))")
        }
        return CheckerLine(text) ?? .unreadable("an empty answer for \(user.screenName)")
    }
}
