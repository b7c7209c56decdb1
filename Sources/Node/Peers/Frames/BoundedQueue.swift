import NIOCore
import Synchronization

/// What waits for one consumer on an event loop, bounded by number and bytes. Whoever puts something into a queue whose
/// consumer sleeps wakes it; nobody ever waits.
///
/// One of the few locks of the program (N11): held for an append, or for taking one batch.
final class BoundedQueue<Element: Sendable>: Sendable {
    enum Outcome: Equatable {
        /// The caller must wake the consumer.
        case wake
        /// The consumer will come by itself.
        case queued
        case full
        /// Nobody will ever take it.
        case closed
    }

    private struct State {
        var waiting = CircularBuffer<(element: Element, bytes: Int)>()
        var bytes = 0
        var isOpen: Bool
        /// The consumer was woken and has not found the queue empty since.
        var awake = false
    }

    private let countLimit: Int
    private let byteLimit: Int
    private let state: Mutex<State>

    init(countLimit: Int, byteLimit: Int, isOpen: Bool) {
        self.countLimit = countLimit
        self.byteLimit = byteLimit
        state = Mutex(State(isOpen: isOpen))
    }

    func put(_ element: Element, bytes: Int) -> Outcome {
        state.withLock { state in
            guard state.isOpen else { return .closed }
            guard state.waiting.count < countLimit, state.bytes + bytes <= byteLimit else { return .full }
            state.waiting.append((element, bytes))
            state.bytes += bytes
            defer { state.awake = true }
            return state.awake ? .queued : .wake
        }
    }

    /// Elements in order, up to so many bytes but at least one; none means that the consumer sleeps from now on.
    func take(bytes limit: Int) -> [Element] {
        state.withLock { state in
            var batch: [Element] = []
            var bytes = 0
            while let next = state.waiting.first, batch.isEmpty || bytes + next.bytes <= limit {
                bytes += next.bytes
                batch.append(next.element)
                state.waiting.removeFirst()
            }
            state.bytes -= bytes
            if batch.isEmpty { state.awake = false }
            return batch
        }
    }

    /// From now on things may be put in.
    func open() {
        state.withLock { state in
            state.isOpen = true
            state.awake = false
        }
    }

    /// Forgets what waits and refuses what comes.
    ///
    /// - Returns: how much was forgotten.
    func close() -> Int {
        state.withLock { state in
            defer { state = State(isOpen: false) }
            return state.waiting.count
        }
    }
}
