import Checks
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import Node
import ServiceLifecycle
import Synchronization

/// A real HTTP face on a port of the system's choice, on loopback, with a stand-in behind it.
struct TestServer {
    let port: Int
    let coordinator: StandInCoordinator
    let settings: Mutable<ClusterSettings>
    let routes: [Route]
    let group: ServiceGroup

    /// Starts a server, runs `body` against it, and shuts it down gracefully.
    static func run<Value: Sendable>(
        limits: HTTPLimits = HTTPLimits(), certificate: ServedCertificate? = nil,
        _ body: @escaping @Sendable (TestServer) async throws -> Value
    ) async throws -> Value {
        let coordinator = StandInCoordinator()
        let settings = Mutable(ClusterSettings())
        // The limits of rates are tested by themselves.
        settings.set { $0.requestsPerSecondPerClient = 1_000_000 }
        settings.set { $0.registrationsPerMinutePerSource = 1_000_000 }
        let environment = HTTPEnvironment(
            performer: coordinator, settings: { settings.value }, now: { Timestamp(milliseconds: 1_767_225_600_000) },
            monotonicMilliseconds: { 0 }, metrics: PrometheusRegistry(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let table = Endpoints(environment).table()
        let face = HTTPFace(
            configuration: HTTPFaceConfiguration(
                host: "127.0.0.1", port: 0, node: "n1", certificate: certificate, limits: limits),
            environment: environment, routes: table,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton
        ) { listening.yield($0) }
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: face)], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            let server = TestServer(
                port: port, coordinator: coordinator, settings: settings, routes: table.routes, group: group)
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(server))
            } catch {
                result = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try result.get()
        }
    }

    /// One request on a connection of its own.
    func send(
        _ method: String, _ target: String, token: String? = nil, headers: [String] = [], body: [UInt8]? = nil
    ) async throws -> RawAnswer? {
        try await RawConnection.open(port: port) { connection in
            try await connection.send(
                Self.request(method, target, token: token, headers: headers, body: body))
            return try await connection.answer(toHead: method == "HEAD")
        }
    }

    static func request(
        _ method: String, _ target: String, token: String? = nil, headers: [String] = [], body: [UInt8]? = nil
    ) -> [UInt8] {
        var head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n"
        if let token { head += "Authorization: Bearer \(token)\r\n" }
        for header in headers { head += header + "\r\n" }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        return Array(head.utf8) + Array("\r\n".utf8) + (body ?? [])
    }
}

/// A value that a test changes while the server reads it.
final class Mutable<Value: Sendable>: Sendable {
    private let storage: Mutex<Value>

    init(_ value: Value) { storage = Mutex(value) }

    var value: Value { storage.withLock { $0 } }
    func set(_ change: (inout Value) -> Void) { storage.withLock { change(&$0) } }
}
