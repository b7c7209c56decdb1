import Foundation
import Synchronization
import Testing

/// One node of a cluster: a real `dmcheck start` in a process of its own, on a folder and ports that outlive it.
package final class MemberProcess: Sendable {
    package let name: String
    package let folder: String
    /// The port of its HTTP API; the next one is for its peers.
    package let port: Int
    private let running = Mutex<Process?>(nil)

    init(name: String, folder: String, port: Int) {
        self.name = name
        self.folder = folder
        self.port = port
    }

    /// The program that was built together with these tests; `DMCHECK_BIN` names another.
    package static var program: URL {
        if let named = ProcessInfo.processInfo.environment["DMCHECK_BIN"] { return URL(fileURLWithPath: named) }
        return URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
            .appendingPathComponent("dmcheck")
    }

    package var base: String { "https://127.0.0.1:\(port)" }
    package var data: String { "\(folder)/data" }
    var peer: String { "127.0.0.1:\(port + 1)" }

    /// Starts the program; whether it serves is asked, not waited for here. A node that has been a member needs no arguments.
    package func launch(_ arguments: [String] = []) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let log = "\(folder)/log"
        if !FileManager.default.fileExists(atPath: log) {
            _ = FileManager.default.createFile(atPath: log, contents: nil)
        }
        let output = try #require(FileHandle(forWritingAtPath: log))
        try output.seekToEnd()
        let process = Process()
        process.executableURL = Self.program
        process.arguments =
            ["start", "--name", name, "--data", data, "--http", "127.0.0.1:\(port)", "--peer", peer] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        running.withLock { $0 = process }
    }

    package var isRunning: Bool { running.withLock { $0?.isRunning } ?? false }

    package func signal(_ number: Int32) {
        guard let process = running.withLock({ $0 }), process.isRunning else { return }
        Foundation.kill(process.processIdentifier, number)
    }

    /// SIGSTOP: its connections stay open and nobody answers.
    package func pause() { signal(SIGSTOP) }

    package func resume() { signal(SIGCONT) }

    /// Its exit status, once it has ended.
    @discardableResult
    package func ended() async -> Int32 {
        guard let process = running.withLock({ $0 }) else { return -1 }
        return await onThread {
            process.waitUntilExit()
            return process.terminationStatus
        }
    }

    /// `kill -9`, and waits until the process is gone.
    package func kill() async {
        signal(SIGKILL)
        await ended()
    }

    /// SIGTERM; the exit status.
    package func terminate() async -> Int32 {
        signal(SIGTERM)
        return await ended()
    }

    /// Takes away everything that it had stored, as a lost disk does.
    package func wipe() throws { try FileManager.default.removeItem(atPath: data) }

    /// The last lines that it wrote, for a failure's message.
    package var lastWords: String {
        let text = (try? String(contentsOfFile: "\(folder)/log", encoding: .utf8)) ?? ""
        return "\(name): " + text.split(separator: "\n").suffix(5).joined(separator: "\n")
    }
}

/// Runs what blocks on a thread of its own, so that it holds up no other test.
package func onThread<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
        Thread.detachNewThread { continuation.resume(returning: body()) }
    }
}
