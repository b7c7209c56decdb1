import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import Node
import TestSupport
import Testing

/// A whole node in this process: its own folder, real TLS on a free port, real SQLite on disk, and a clock that stands still
/// until the test moves it.
struct TestNode: Sendable {
    let clock: ManualClock
    let api: API
    let folder: String

    /// Runs `body` against a fresh node and takes everything down again.
    static func run(shards: Int = 4, _ body: (TestNode) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmcheck-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await run(in: folder, clock: ManualClock(), shards: shards, body)
    }

    /// Runs `body` against the node of `folder`, which may have served before.
    static func run(
        in folder: String, clock: ManualClock, shards: Int = 4, _ body: (TestNode) async throws -> Void
    ) async throws {
        var configuration = NodeConfiguration(name: "n1", peer: HostPort(host: "127.0.0.1", port: 0))
        configuration.dataFolder = folder
        configuration.http = HostPort(host: "127.0.0.1", port: 0)
        configuration.peer = HostPort(host: "127.0.0.1", port: 0)
        configuration.shards = shards
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .error
        let node = try await RunningNode.start(configuration, clock: clock, logger: logger)
        let token = try String(contentsOfFile: folder + "/operator.token", encoding: .utf8)
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(folder + "/certs/ca.pem"))
        var settings = HTTPClient.Configuration(tlsConfiguration: tls)
        settings.httpVersion = .http1Only
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 128
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        let api = API(
            http: http, base: "https://127.0.0.1:\(node.http.port)",
            operatorToken: token.trimmingCharacters(in: .whitespacesAndNewlines))
        let outcome: Result<Void, any Error>
        do {
            try await body(TestNode(clock: clock, api: api, folder: folder))
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await http.shutdown()
        try await node.stop()
        try outcome.get()
    }

    func volunteer(_ number: Int) -> Volunteer { Volunteer(api, number) }

    /// A registered volunteer with room for much.
    func registered(_ number: Int, usersPerWindow: Int = 100_000) async throws -> Volunteer {
        let volunteer = volunteer(number)
        let answer = try await volunteer.register([
            "usersPerWindow": .number(Double(usersPerWindow)), "windowSeconds": 900,
        ])
        #expect(answer.status == 201)
        return volunteer
    }

    /// Adds and marks users; `names` are taken as they are.
    @discardableResult
    func add(_ names: [String], service: String = "dmcheck", priority: String = "normal") async throws -> JSON {
        let answer = try await api.operate(
            .POST, "/v1/users",
            [
                "users": .array(names.map { ["screenName": .string($0)] }),
                "mark": ["service": .string(service), "priority": .string(priority)],
            ])
        #expect(answer.status == 200, "\(answer.text)")
        return answer.json
    }

    /// Changes settings of a service.
    func set(_ settings: [String: Int], of service: String = "dmcheck") async throws {
        let answer = try await api.operate(
            .PUT, "/v1/services/\(service)", .object(settings.mapValues { .number(Double($0)) }))
        #expect([200, 201].contains(answer.status), "\(answer.text)")
    }

    func counts(service: String = "dmcheck") async throws -> JSON {
        try await api.operate(.GET, "/v1/counts?service=\(service)").json
    }

    func user(_ name: String) async throws -> JSON { try await api.operate(.GET, "/v1/users/\(name)").json }
}

/// `count` names that no other call of the same prefix gives twice.
func names(_ count: Int, prefix: String = "user") -> [String] { (0..<count).map { "\(prefix)\($0)" } }

extension TestNode {
    /// Waits for what the node does by itself once its time has come: asks again until it has, a few virtual
    /// milliseconds apart, and fails after `tries`.
    func settled(
        tries: Int = 500, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
    ) async throws {
        for _ in 0..<tries {
            if try await condition() { return }
            clock.advance(by: .milliseconds(10))
        }
        #expect(try await condition(), sourceLocation: sourceLocation)
    }
}

extension TestNode {
    /// Several registered volunteers with room for much.
    func registered(many count: Int) async throws -> [Volunteer] {
        _ = try await api.operate(.PATCH, "/v1/settings", ["registrationsPerMinutePerSource": 100_000])
        var volunteers: [Volunteer] = []
        for number in 0..<count { volunteers.append(try await registered(number)) }
        return volunteers
    }
}
