import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOSSL
import ServiceLifecycle

/// Where and how the HTTP face listens.
package struct HTTPFaceConfiguration: Sendable {
    package var host: String
    /// 0 lets the system choose.
    package var port: Int
    /// The node's name, in every answer.
    package var node: String
    /// `nil` is plain HTTP, which the caller allows on loopback only.
    package var certificate: ServedCertificate?
    package var limits = HTTPLimits()

    package init(
        host: String, port: Int, node: String, certificate: ServedCertificate?, limits: HTTPLimits = HTTPLimits()
    ) {
        self.host = host
        self.port = port
        self.node = node
        self.certificate = certificate
        self.limits = limits
    }

    /// A server's TLS: 1.2 and later, HTTP/1.1, the certificate with its authority's.
    package static func tls(certificates: [NIOSSLCertificate], key: NIOSSLPrivateKey) -> TLSConfiguration {
        var tls = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        tls.minimumTLSVersion = .tlsv12
        tls.applicationProtocols = ["http/1.1"]
        tls.shutdownTimeout = HTTPLimits.farewell
        return tls
    }
}

/// The node's HTTP server: Hummingbird's, with ``GuardedHTTP1`` as its connections.
///
/// On graceful shutdown it takes no new connection, closes idle ones, and answers what is under way.
package struct HTTPFace: Service {
    private let server: any Service

    /// - Parameters:
    ///   - routes: the calls it answers.
    ///   - running: called with the port once it listens.
    package init(
        configuration: HTTPFaceConfiguration, environment: HTTPEnvironment, routes: RouteTable,
        eventLoopGroup: any EventLoopGroup, running: @escaping @Sendable (Int) async -> Void
    ) {
        let responder = NodeResponder(
            table: routes, environment: environment, limits: RateLimits(),
            metrics: HTTPMetrics(routes: routes.routes, registry: environment.metrics))
        if let (calls, performer) = environment.passedOn {
            var inner = environment
            inner.performer = performer
            calls.connect(
                NodeResponder(
                    table: Endpoints(inner).table(), environment: inner, limits: RateLimits(),
                    metrics: HTTPMetrics(routes: routes.routes, registry: environment.metrics), isPassedOn: true))
        }
        let http = GuardedHTTP1(
            limits: configuration.limits, node: configuration.node,
            isStream: { routes.isStream($0) }, responder: responder.respond)
        let listening = ServerConfiguration(
            address: .hostname(configuration.host, port: configuration.port),
            availableConnectionsDelegate: MaximumAvailableConnections(configuration.limits.connections))
        let report: @Sendable (any Channel) async -> Void = { await running($0.localAddress?.port ?? 0) }
        if let certificate = configuration.certificate {
            server = TLSConnection(base: http, certificate: certificate).server(
                configuration: listening, onServerRunning: report, eventLoopGroup: eventLoopGroup,
                logger: environment.logger)
        } else {
            server = http.server(
                configuration: listening, onServerRunning: report, eventLoopGroup: eventLoopGroup,
                logger: environment.logger)
        }
    }

    package func run() async throws {
        try await server.run()
    }
}

extension RouteTable {
    /// Whether a request's body is a stream of rows, which may take as long as it needs.
    func isStream(_ head: HTTPRequestHead) -> Bool {
        let type = MediaType(head.headers.first(name: "Content-Type"))
        guard type == .ndjson || type == .csv, let method = HTTPRequest.Method(head.method.rawValue),
            let target = try? RequestTarget(head.uri),
            case .route(let position, _) = match(method, target.segments),
            case .jsonOrRows = routes[position].body
        else { return false }
        return true
    }
}
