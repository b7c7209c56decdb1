import Foundation
import Synchronization

/// The wish of whoever started this program that it end now: SIGINT, SIGTERM or SIGHUP, a line of the standard input that names
/// one of them, or the end of that, as when they are gone.
///
/// Threads of their own wait for it, so that it is heard whatever the rest of the program does.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    private static var set: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in signals { sigaddset(&set, signal) }
        return set
    }

    /// From now on none of them ends the program: they wait until ``watch(attended:_:)`` takes them. Blocked, and not handled, they
    /// also reach the first process of a process tree, which hears nothing else.
    static func block() {
        var set = set
        pthread_sigmask(SIG_BLOCK, &set, nil)
        signal(SIGPIPE, SIG_IGN)
    }

    /// Calls that once, with the signal. A second wish, or the limit of what may be done after the first, ends the program at once.
    ///
    /// - Parameter attended: the standard input is whoever's who started it.
    static func watch(attended: Bool, _ first: @escaping @Sendable (Int32) -> Void) {
        let wish = Wish(first)
        Thread.detachNewThread {
            var set = Self.set
            while true {
                var number: Int32 = 0
                if sigwait(&set, &number) == 0 { wish.utter(number) }
            }
        }
        guard attended else { return }
        Thread.detachNewThread {
            while let line = readLine() { wish.utter(line == "INT" ? SIGINT : SIGTERM) }
            wish.utter(SIGTERM)
        }
    }

    /// Leaves nothing behind that can be ended: as the first of its process group, or of its process tree, it takes the others with
    /// it.
    static func endAtOnce(_ status: Int32) {
        if getpgrp() == getpid() { kill(0, SIGKILL) }
        _exit(status)
    }

    private final class Wish: Sendable {
        private let first: @Sendable (Int32) -> Void
        private let uttered = Mutex<ContinuousClock.Instant?>(nil)

        init(_ first: @escaping @Sendable (Int32) -> Void) { self.first = first }

        func utter(_ signal: Int32) {
            let now = ContinuousClock.now
            let before = uttered.withLock { uttered in
                defer { uttered = uttered ?? now }
                return uttered
            }
            guard let before else {
                Thread.detachNewThread {
                    Thread.sleep(forTimeInterval: Limits.afterSignalSeconds)
                    Interruption.endAtOnce(128 + signal)
                }
                return first(signal)
            }
            // One that is said to a process and to its group comes twice.
            if now - before > .seconds(Limits.sameSignalSeconds) { Interruption.endAtOnce(128 + signal) }
        }
    }
}
