import ChaosChecker
import SeededRandom
import Synchronization

/// What the actors of a run know of each other: who works still, which users there are, whose lease somebody might try.
final class Board: Sendable {
    private struct State {
        var users: [String] = []
        var leases: [(client: String, grant: Call.Grant)] = []
        var misconduct: Misconduct?
        var complaints: [String] = []
        var isEnding = false
        var isOver = false
    }

    private let state = Mutex(State())

    /// From now on nobody does anything but finish the work.
    func end() { state.withLock { $0.isEnding = true } }
    /// Nobody goes on.
    func stop() { state.withLock { $0.isOver = true } }
    var isEnding: Bool { state.withLock { $0.isEnding } }
    var isOver: Bool { state.withLock { $0.isOver } }

    /// What every volunteer does with each of its leases now, instead of what it draws.
    var misconduct: Misconduct? {
        get { state.withLock { $0.misconduct } }
        set { state.withLock { $0.misconduct = newValue } }
    }

    /// An actor was answered what nobody may be answered.
    func complain(_ text: String) { state.withLock { $0.complaints.append(text) } }
    var complaints: [String] { state.withLock { $0.complaints } }

    func added(_ users: [String]) { state.withLock { $0.users += users } }

    /// Some users that were added once; they may be gone.
    func users(_ count: Int, _ random: inout SplitMix64) -> [String] {
        let all = state.withLock { $0.users }
        guard !all.isEmpty else { return [] }
        return Array(Set((0..<count).map { _ in all[Int.random(in: all.indices, using: &random)] })).sorted()
    }

    func granted(_ grant: Call.Grant, to client: String) {
        state.withLock { state in
            state.leases.append((client, grant))
            if state.leases.count > 64 { state.leases.removeFirst() }
        }
    }

    /// A recent lease of somebody else's.
    func lease(notOf client: String, _ random: inout SplitMix64) -> Call.Grant? {
        let others = state.withLock { $0.leases }.filter { $0.client != client }
        return others.isEmpty ? nil : others[Int.random(in: others.indices, using: &random)].grant
    }
}
