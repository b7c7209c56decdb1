import AsyncHTTPClient
import Foundation
import NIOCore
import NIOSSL
import Synchronization
import TestSupport
import Testing

/// A real `dmcheck start` in a process of its own, on a folder that outlives it.
final class NodeProcess: Sendable {
    let folder: String
    let port: Int
    private let shards: Int
    private let arguments: [String]
    private let running = Mutex<Process?>(nil)
    /// What the last process said on standard error before it served or ended.
    private let said = Mutex("")

    /// - Parameter arguments: what every start is given besides.
    init(folder: String, port: Int, shards: Int = 4, arguments: [String] = []) {
        self.folder = folder
        self.port = port
        self.shards = shards
        self.arguments = arguments
    }

    /// The program that was built together with these tests.
    static var binary: URL {
        URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("dmcheck")
    }

    /// A port that is free now.
    static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let port = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard bind(descriptor, pointer, size) == 0, getsockname(descriptor, pointer, &size) == 0 else {
                    return 0
                }
                return Int(UInt16(bigEndian: UnsafeRawPointer(pointer).load(fromByteOffset: 2, as: UInt16.self)))
            }
        }
        try #require(port > 0)
        return port
    }

    /// Starts the program and returns when it serves, or has ended; how long that took.
    ///
    /// - Parameter crashAt: the crash point to arm.
    @discardableResult
    func start(crashAt: String? = nil, arguments further: [String] = []) async throws -> (served: Bool, took: Duration)
    {
        let process = Process()
        process.executableURL = Self.binary
        process.arguments =
            [
                "start", "--data", folder, "--name", "n1", "--http", "127.0.0.1:\(port)", "--peer", "127.0.0.1:0",
                "--shards",
                String(shards),
            ] + arguments + further
        var environment = ProcessInfo.processInfo.environment
        environment["DMCHECK_CRASH_AT"] = crashAt
        process.environment = environment
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        let began = ContinuousClock.now
        try process.run()
        // This process's own copy of the writing end would keep the reader waiting after the child's end.
        try pipe.fileHandleForWriting.close()
        running.withLock { $0 = process }
        let (served, text) = await Self.waitUntilServing(pipe.fileHandleForReading)
        said.withLock { $0 = text }
        return (served, ContinuousClock.now - began)
    }

    /// What the last process said on standard error before it served or ended.
    var complaint: String { said.withLock { $0 } }

    /// Reads the log until the node says that it serves; goes on reading in the background, so that the pipe never fills.
    private static func waitUntilServing(_ handle: FileHandle) async -> (Bool, String) {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                var answered = false
                var text: [UInt8] = []
                while case let chunk = handle.availableData, !chunk.isEmpty {
                    guard !answered else { continue }
                    text += chunk
                    let so = String(decoding: text, as: UTF8.self)
                    if so.split(separator: "\n", omittingEmptySubsequences: false).dropLast().contains(where: {
                        $0.contains("serving")
                    }) {
                        answered = true
                        continuation.resume(returning: (true, so))
                    }
                }
                if !answered { continuation.resume(returning: (false, String(decoding: text, as: UTF8.self))) }
            }
        }
    }

    /// `kill -9`, and waits until the process is gone.
    func kill() {
        guard let process = running.withLock({ $0 }) else { return }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Waits for a process that ends by itself; its exit status.
    func waitUntilExit() -> Int32 {
        guard let process = running.withLock({ $0 }) else { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// SIGTERM, without waiting for what comes of it.
    func askToStop() { running.withLock { $0 }?.terminate() }

    /// SIGTERM; the exit status.
    func terminate() -> Int32 {
        askToStop()
        return waitUntilExit()
    }

    /// What the process holds in memory now, in bytes; 0 when it is not there.
    var residentBytes: Int {
        guard let process = running.withLock({ $0 }),
            let status = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") })
        else { return 0 }
        return (line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0) * 1024
    }

    /// A way to call it, once its folder has been founded.
    func api() throws -> API {
        let isPlain = arguments.contains("--insecure-http")
        var tls = TLSConfiguration.makeClientConfiguration()
        if !isPlain { tls.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(folder + "/certs/ca.pem")) }
        var settings = HTTPClient.Configuration(tlsConfiguration: tls)
        settings.httpVersion = .http1Only
        settings.connectionPool.retryConnectionEstablishment = false
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        let token = try String(contentsOfFile: folder + "/operator.token", encoding: .utf8)
        return API(
            http: http, base: "\(isPlain ? "http" : "https")://127.0.0.1:\(port)",
            operatorToken: token.trimmingCharacters(in: .whitespacesAndNewlines))
    }

    /// Runs `body` with a founded node that serves, and takes everything down.
    static func run(
        shards: Int = 4, arguments: [String] = [], _ body: (NodeProcess, API) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("dmcheck-\(UUID().uuidString)").path
        let node = NodeProcess(folder: folder, port: try freePort(), shards: shards, arguments: arguments)
        defer {
            node.kill()
            try? FileManager.default.removeItem(atPath: folder)
        }
        try #require(try await node.start().served)
        let api = try node.api()
        let outcome: Result<Void, any Error>
        do {
            try await body(node, api)
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        try await api.http.shutdown()
        try outcome.get()
    }
}
