import Foundation

/// A program started by this one, with every signal unblocked and at its default, whatever the starting thread's mask is.
struct ChildProcess: Sendable {
    let identifier: Int32

    /// Starts the program with nothing to read; what it writes is appended to the file.
    init(_ arguments: [String], output: String) throws(ChaosError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let strings = arguments.map { strdup($0) }
        defer { strings.forEach { free($0) } }
        var started: pid_t = 0
        let code = posix_spawnp(&started, arguments[0], &actions, &attributes, strings + [nil], environ)
        guard code == 0 else { throw .cannotStart(arguments[0], code) }
        identifier = started
    }

    /// Whether it runs. What has ended stays as it is until ``wait()`` takes it away, so that its number is not used again.
    var isRunning: Bool {
        var status = siginfo_t()
        let answer = waitid(P_PID, id_t(identifier), &status, WEXITED | WNOHANG | WNOWAIT)
        // Nothing to report leaves the structure empty; an error says that it was taken away already.
        return answer == 0 && status.si_signo == 0
    }

    func signal(_ number: Int32) { kill(identifier, number) }

    /// Waits until it has ended; answers its exit status, or 128 and the signal that ended it, as a shell does.
    @discardableResult
    func wait() -> Int32 {
        var status: Int32 = 0
        while waitpid(identifier, &status, 0) == -1, errno == EINTR {}
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
    }

    /// Waits without holding a thread; its exit status, or nil when it has not ended by then.
    func ended(within seconds: Double) async -> Int32? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while isRunning {
            if ContinuousClock.now >= deadline { return nil }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return wait()
    }

    /// Runs a program to its end; what it wrote is in the file.
    static func run(_ arguments: [String], output: String = "/dev/null", within seconds: Double = 30)
        async throws(ChaosError)
    {
        let child = try ChildProcess(arguments, output: output)
        guard let status = await child.ended(within: seconds) else {
            child.signal(SIGKILL)
            child.wait()
            throw .tookTooLong(arguments.joined(separator: " "))
        }
        guard status == 0 else { throw .failed(arguments.joined(separator: " "), status) }
    }
}
