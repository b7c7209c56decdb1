import Synchronization

/// Says across tasks that something has happened.
final class Flag: Sendable {
    private let state = Atomic<Bool>(false)

    var isSet: Bool { state.load(ordering: .acquiring) }

    func set() { state.store(true, ordering: .releasing) }

    /// Runs `body` and sets the flag, however it ends.
    func after<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
        defer { set() }
        return try await body()
    }
}
