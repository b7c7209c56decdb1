import CheckClient
import Foundation
import Subprocess

/// A checker that is a command of the shell: users as NDJSON on its standard input, results as NDJSON from its standard
/// output, its standard error passed on. One run of the command checks the users of one lease.
package struct ExecChecker: Checker {
    private let command: String

    /// From then on the process is not ended by pipes that break (`SIGPIPE`); writing to one is an error.
    package init(command: String) {
        // A command that leaves before it has read everything is told by its exit status, not by this signal.
        signal(SIGPIPE, SIG_IGN)
        self.command = command
    }

    /// A process group of its own, so that an end reaches what the shell started, and a terminal's Ctrl-C only the
    /// volunteer, which then ends it.
    private static var platformOptions: PlatformOptions {
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(1)),
        ]
        return options
    }

    package func check(
        _ users: AsyncStream<UserReference>, say: @escaping @Sendable (CheckerLine) -> Void
    ) async throws {
        let result: ExecutionResult<Void, SequenceOutput, FileDescriptorOutput>
        do {
            result = try await run(
                .name("sh"), arguments: ["-c", command], platformOptions: Self.platformOptions, input: .inputWriter,
                output: .sequence,
                error: .currentStandardError
            ) { execution in
                let writer = execution.standardInputWriter
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await Self.write(users, to: writer) }
                    let lines = execution.standardOutput.strings(
                        bufferingPolicy: .maxLineLength(Limits.checkerLineBytes))
                    for try await line in lines {
                        if let line = CheckerLine(line) { say(line) }
                    }
                    // The command has closed its output: it wants no more users.
                    group.cancelAll()
                }
            }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw CheckerFailure("'\(command)' cannot be run: \(error)")
        }
        guard result.terminationStatus.isSuccess else {
            throw CheckerFailure("'\(command)' ended with \(result.terminationStatus.words)")
        }
    }

    /// Writes users until there are no more, or until the command does not read any more: then its exit status tells why.
    private static func write(_ users: AsyncStream<UserReference>, to writer: StandardInputWriter) async throws {
        for await user in users {
            let line = try JSONCoding.encode(user) + [UInt8(ascii: "\n")]
            do {
                _ = try await writer.write(line)
            } catch {
                return
            }
        }
        try await writer.finish()
    }
}

extension TerminationStatus {
    /// As people say it.
    fileprivate var words: String {
        switch self {
        case .exited(let code): "exit status \(code)"
        case .signaled(let signal): "signal \(signal)"
        }
    }
}
