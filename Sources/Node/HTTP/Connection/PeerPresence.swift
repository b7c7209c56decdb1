import Synchronization

/// Whether the peer still listens and the node still serves, for work that is only worth doing as long as both do: a
/// long poll.
///
/// One of the few locks: held for an assignment.
package final class PeerPresence: Sendable {
    private struct State {
        var isGone = false
        var whenGone: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// The presence of the peer whose request the current task answers.
    @TaskLocal package static var current: PeerPresence?

    package init() {}

    /// Calls `body` once when the peer has closed its side or the node shuts down, at once if that has happened; replaces what was to be called before.
    package func whenGone(_ body: (@Sendable () -> Void)?) {
        let isGone = state.withLock { state in
            state.whenGone = state.isGone ? nil : body
            return state.isGone
        }
        if isGone { body?() }
    }

    package var isGone: Bool { state.withLock { $0.isGone } }

    func end() {
        let body = state.withLock { state in
            state.isGone = true
            defer { state.whenGone = nil }
            return state.whenGone
        }
        body?()
    }
}

/// Runs work in a task that is cancelled when the peer goes away, the node shuts down or the caller is cancelled.
package func whilePeerListens<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async -> Value {
    let task = Task { await work() }
    let presence = PeerPresence.current
    presence?.whenGone { task.cancel() }
    defer { presence?.whenGone(nil) }
    return await withTaskCancellationHandler {
        await task.value
    } onCancel: {
        task.cancel()
    }
}
