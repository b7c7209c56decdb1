import Synchronization

/// Messages on their way to one consumer that works in bursts: whoever puts the first message into an empty box wakes it.
///
/// One of the few locks of the program (N11): it is held for an append or a swap, never across work or I/O. Unbounded by
/// itself; what bounds it is the limit on requests under way, and that each of them has a bounded number of messages.
final class Mailbox<Message: Sendable>: Sendable {
    private struct State: Sendable {
        var messages: [Message] = []
        /// The consumer was woken and has not found the box empty since.
        var awake = false
    }

    private let state = Mutex(State())

    /// Adds a message; `true` when the caller must wake the consumer.
    func put(_ message: Message) -> Bool {
        return state.withLock { state in
            state.messages.append(message)
            defer { state.awake = true }
            return !state.awake
        }
    }

    /// Adds several messages in order; `true` when the caller must wake the consumer.
    func put(contentsOf messages: [Message]) -> Bool {
        guard !messages.isEmpty else { return false }
        return state.withLock { state in
            state.messages.append(contentsOf: messages)
            defer { state.awake = true }
            return !state.awake
        }
    }

    /// Everything that has come; empty means that the consumer is asleep from now on.
    func takeAll() -> [Message] {
        state.withLock { state in
            if state.messages.isEmpty { state.awake = false }
            defer { state.messages = [] }
            return state.messages
        }
    }
}
