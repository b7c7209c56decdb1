import Checks
import Coordinator
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where the runtime gets its time, so that tests can bring their own.
package protocol NodeClock: Sendable {
    /// Both clocks, now.
    func now() -> Moment
    /// Returns when the monotonic clock has reached `deadline`; throws when the task is cancelled.
    func sleep(until deadline: Duration) async throws
}

/// The machine's clocks.
package struct SystemClock: NodeClock {
    private let origin = ContinuousClock.now

    package init() {}

    package func now() -> Moment {
        Moment(
            monotonic: ContinuousClock.now - origin,
            wall: Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
        )
    }

    package func sleep(until deadline: Duration) async throws {
        try await ContinuousClock().sleep(until: origin + deadline)
    }
}

/// A clock that stands still until it is told to go on: virtual time for tests against a whole node.
package final class ManualClock: NodeClock {
    private struct Sleeper {
        let id: UInt64
        let deadline: Duration
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var moment: Moment
        var nextID: UInt64 = 0
        var sleepers: [Sleeper] = []
        /// Cancelled before they went to sleep.
        var cancelled: Set<UInt64> = []
    }

    private let state: Mutex<State>

    /// Starts at `wall`, by default 2026-01-01 00:00 UTC.
    package init(wall: Timestamp = Timestamp(milliseconds: 1_767_225_600_000)) {
        state = Mutex(State(moment: Moment(monotonic: .zero, wall: wall)))
    }

    package func now() -> Moment { state.withLock { $0.moment } }

    /// Moves both clocks on and wakes whoever slept until then.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            let milliseconds =
                duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
            state.moment.monotonic += duration
            state.moment.wall = Timestamp(milliseconds: state.moment.wall.milliseconds + milliseconds)
            let now = state.moment.monotonic
            let woken = state.sleepers.filter { $0.deadline <= now }
            state.sleepers.removeAll { $0.deadline <= now }
            return woken
        }
        for sleeper in woken { sleeper.continuation.resume(returning: true) }
    }

    package func sleep(until deadline: Duration) async throws {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let reached = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return false }
                    if deadline <= state.moment.monotonic { return true }
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let sleeper: Sleeper? = state.withLock { state in
                guard let position = state.sleepers.firstIndex(where: { $0.id == id }) else {
                    state.cancelled.insert(id)
                    return nil
                }
                return state.sleepers.remove(at: position)
            }
            sleeper?.continuation.resume(returning: false)
        }
        state.withLock { _ = $0.cancelled.remove(id) }
        if !reached { throw CancellationError() }
    }
}
