import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization
import Testing

/// A cluster of real processes on loopback: n1 has founded it, the others have joined it with a token that it made.
package final class LocalCluster: Sendable {
    package let folder: String
    let http: HTTPClient
    let operatorToken: String
    let basePort: Int
    /// Every node that has been started here, member or not, by its number.
    let nodes: Mutex<[MemberProcess]>

    private init(folder: String, http: HTTPClient, operatorToken: String, basePort: Int, founder: MemberProcess) {
        self.folder = folder
        self.http = http
        self.operatorToken = operatorToken
        self.basePort = basePort
        nodes = Mutex([founder])
    }

    /// Runs `body` with a settled cluster, and takes everything down.
    ///
    /// - Parameter spare: how many nodes may be added to it later.
    package static func run(
        nodes: Int = 3, spare: Int = 0, shards: Int = 16, _ body: (LocalCluster) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmcheck-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cluster = try await found(in: folder, basePort: try PortRange.free(for: nodes + spare), shards: shards)
        let outcome: Result<Void, any Error>
        do {
            try await cluster.add(nodes - 1)
            try await cluster.waitUntilSettled()
            try await body(cluster)
            outcome = .success(())
        } catch {
            print(cluster.processes.map(\.lastWords).joined(separator: "\n"))
            outcome = .failure(error)
        }
        for process in cluster.processes { await process.kill() }
        try await cluster.http.shutdown()
        try outcome.get()
    }

    private static func found(in folder: String, basePort: Int, shards: Int) async throws -> LocalCluster {
        let founder = MemberProcess(name: "n1", folder: "\(folder)/n1", port: basePort + 10)
        try founder.launch(["--shards", String(shards)])
        do {
            let token = "\(founder.data)/operator.token"
            let authority = "\(founder.data)/certs/ca.pem"
            try await eventually("n1 founds a cluster") {
                try #require(founder.isRunning, "\(founder.lastWords)")
                return [token, authority].allSatisfy { FileManager.default.fileExists(atPath: $0) }
            }
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authority))
            var settings = HTTPClient.Configuration(tlsConfiguration: tls)
            settings.httpVersion = .http1Only
            settings.timeout.connect = .seconds(2)
            // Whoever calls decides whether, and where, it is tried again.
            settings.connectionPool.retryConnectionEstablishment = false
            settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 128
            let text = try String(contentsOfFile: token, encoding: .utf8)
            let cluster = LocalCluster(
                folder: folder, http: HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings),
                operatorToken: text.trimmingCharacters(in: .whitespacesAndNewlines), basePort: basePort,
                founder: founder)
            try await cluster.waitUntilReady("n1")
            return cluster
        } catch {
            await founder.kill()
            throw error
        }
    }

    package var processes: [MemberProcess] { nodes.withLock { $0 } }
    package var names: [String] { processes.map(\.name) }

    package func process(_ name: String) throws -> MemberProcess {
        try #require(processes.first { $0.name == name }, "no node \(name)")
    }

    /// A way to call one node, and no other.
    package func api(_ name: String, patience: TimeAmount = .seconds(30)) throws -> API {
        API(http: http, base: try process(name).base, operatorToken: operatorToken, patience: patience)
    }
}
