import Coordinator
import Synchronization

/// Numbers the requests of this process; an atomic, since requests come from many threads.
final class RequestCounter: Sendable {
    private let count = Atomic<UInt64>(0)

    /// A number that no request had before.
    func next() -> RequestID {
        RequestID(rawValue: count.wrappingAdd(1, ordering: .relaxed).newValue)
    }
}
