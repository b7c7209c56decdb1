import Foundation
import TestSupport
import Testing

/// `dmcheck` run once with these arguments: how it ended, and what it said where.
struct CommandRun: Sendable {
    let status: Int32
    let output: String
    let complaint: String

    /// Runs the program to its end, on a thread of its own, without anything of this process's environment that could name a
    /// cluster.
    ///
    /// - Parameter scratch: a folder for what it says.
    static func of(_ arguments: [String], scratch: String) async throws -> CommandRun {
        let started = try Started(arguments, scratch: scratch)
        return await started.ended()
    }

    /// A command that runs.
    struct Started: Sendable {
        private let process: Process
        private let said: String

        init(_ arguments: [String], scratch: String) throws {
            let said = "\(scratch)/\(UUID().uuidString)"
            self.said = said
            let streams = try [".out", ".err"].map { end in
                try #require(FileManager.default.createFile(atPath: said + end, contents: nil))
                return try #require(FileHandle(forWritingAtPath: said + end))
            }
            process = Process()
            process.executableURL = MemberProcess.program
            process.arguments = arguments
            process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("DMCHECK_") }
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = streams[0]
            process.standardError = streams[1]
            try process.run()
        }

        /// SIGTERM.
        func terminate() { process.terminate() }

        func ended() async -> CommandRun {
            let process = process
            let status = await onThread {
                process.waitUntilExit()
                return process.terminationStatus
            }
            func text(_ end: String) -> String {
                String(decoding: FileManager.default.contents(atPath: said + end) ?? Data(), as: UTF8.self)
            }
            return CommandRun(status: status, output: text(".out"), complaint: text(".err"))
        }
    }
}
