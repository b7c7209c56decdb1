import CheckClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// A request as a stub received it.
struct StubRequest: Sendable {
    let method: String
    let target: String
    let headers: [String: String]
    let body: String
}

/// What a stub does with a request.
enum StubAnswer: Sendable {
    case json(Int, String, headers: [String: String] = [:])
    /// Takes the request and closes the connection: the answer is lost.
    case lost

    static func problem(_ slug: String, _ status: Int, headers: [String: String] = [:]) -> StubAnswer {
        .json(
            status, "{\"type\":\"urn:dmcheck:problem:\(slug)\",\"title\":\"\(slug)\",\"status\":\(status)}",
            headers: headers)
    }
}

/// A node's HTTP face on loopback, whose answers are written down beforehand; the last one is given again and again.
final class StubNode: Sendable {
    private let script: StubScript
    let address: NodeAddress

    private init(script: StubScript, address: NodeAddress) {
        self.script = script
        self.address = address
    }

    /// What it received so far.
    var requests: [StubRequest] { script.requests.withLock { $0 } }

    /// Runs a stub while `body` runs; with a certificate it speaks TLS.
    static func with<Result: Sendable>(
        _ answers: [StubAnswer], certificate: String? = nil, host: String = "127.0.0.1",
        _ body: (StubNode) async throws -> Result
    ) async throws -> Result {
        let script = StubScript { place, _ in answers[min(place, answers.count - 1)] }
        return try await with(script, certificate: certificate, host: host, body)
    }

    /// Runs a stub whose answers depend on the request.
    static func with<Result: Sendable>(
        _ script: StubScript, certificate: String? = nil, host: String = "127.0.0.1",
        _ body: (StubNode) async throws -> Result
    ) async throws -> Result {
        let tls = try certificate.map { certificate in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
                    privateKey: .privateKey(NIOSSLPrivateKey(bytes: Array(Certificates.key.utf8), format: .pem))))
        }
        let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(StubConnection(script: script))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        let node = StubNode(
            script: script, address: try NodeAddress("\(tls == nil ? "http" : "https")://\(host):\(port)"))
        do {
            let result = try await body(node)
            try await channel.close()
            return result
        } catch {
            try? await channel.close()
            throw error
        }
    }

    /// A base URL at which nobody listens.
    static func nobody() async throws -> NodeAddress {
        try await with([] as [StubAnswer]) { $0.address }
    }
}

/// The answers of a stub and what it received, shared by its connections.
final class StubScript: Sendable {
    let requests = Mutex<[StubRequest]>([])
    private let answer: @Sendable (Int, StubRequest) -> StubAnswer

    /// Answers each request by its number, from 0, and by what it is.
    init(_ answer: @escaping @Sendable (Int, StubRequest) -> StubAnswer) { self.answer = answer }

    func answer(to request: StubRequest) -> StubAnswer {
        let place = requests.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        return answer(place, request)
    }
}

/// A PEM file that lives as long as `body` runs.
func withPEMFile<Result>(_ contents: String, _ body: (String) async throws -> Result) async throws -> Result {
    let path = NSTemporaryDirectory() + "dmcheck-\(UUID().uuidString).pem"
    try contents.write(toFile: path, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try await body(path)
}
