import Checks
import Consensus
import Coordinator
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Ends the process at a named step, as `kill -9` would: how the tests reach each step of an exchange.
///
/// Armed by the environment variable `DMCHECK_CRASH_AT=STEP:COMMAND[:COUNT]`, for instance `durable:grant:3`: the third time that
/// a `grant` is durable and not yet applied. Not armed, it costs one comparison a batch.
struct CrashPoints: Sendable {
    /// Where in the life of an entry.
    enum Step: String, Sendable {
        /// Handed to the log, not yet on disk.
        case proposed
        /// On disk, not yet applied.
        case durable
        /// Applied, not yet answered.
        case applied
    }

    private final class Remaining: Sendable {
        let count: Mutex<Int>
        init(_ count: Int) { self.count = Mutex(count) }
    }

    private let step: Step?
    private let command: String
    private let remaining: Remaining

    /// Reads the variable's value; `nil` arms nothing, and a value that names no step is refused.
    init(_ setting: String?) throws(StartError) {
        guard let setting, !setting.isEmpty else {
            step = nil
            command = ""
            remaining = Remaining(0)
            return
        }
        let parts = setting.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let step = Step(rawValue: String(parts[0])),
            let count = parts.count == 3 ? Int(parts[2]) : 1, count > 0
        else {
            throw StartError(
                "DMCHECK_CRASH_AT=\(setting) names no step", remedy: "write proposed|durable|applied:COMMAND[:COUNT]")
        }
        self.step = step
        command = String(parts[1])
        remaining = Remaining(count)
    }

    /// Passes a step with these entries.
    func reach(_ step: Step, _ entries: [CommittedEntry]) {
        guard self.step == step else { return }
        reach(entries.lazy.compactMap(\.command))
    }

    /// Passes a step with the entries of a write.
    func reach(_ step: Step, _ write: GroupWrite) {
        guard self.step == step else { return }
        reach(
            write.entries.lazy.compactMap { entry in
                if case .command(let bytes) = entry.payload { bytes } else { nil }
            })
    }

    private func reach(_ commands: some Sequence<[UInt8]>) {
        for bytes in commands {
            guard let envelope = try? CommandEnvelope(encoded: bytes), envelope.command.kind == command else {
                continue
            }
            let last = remaining.count.withLock { count in
                count -= 1
                return count == 0
            }
            if last { kill(getpid(), SIGKILL) }
        }
    }
}

extension Command {
    /// The name of the case, as ``CrashPoints`` and logs write it.
    package var kind: String {
        let text = Mirror(reflecting: self).children.first?.label
        return text ?? "\(self)"
    }
}
