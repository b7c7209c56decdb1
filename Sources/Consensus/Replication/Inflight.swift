import DequeModule

/// The append messages that a follower has not answered, in order.
package struct Inflight: Hashable, Sendable {
    private struct Sent: Hashable, Sendable {
        let last: LogIndex
        let bytes: Int
    }

    private var messages = Deque<Sent>()
    package private(set) var bytes = 0

    package init() {}

    package var count: Int { messages.count }
    package var isEmpty: Bool { messages.isEmpty }

    package func isFull(_ settings: Settings) -> Bool {
        messages.count >= settings.inflightMessages || bytes >= settings.inflightBytes
    }

    mutating func add(last: LogIndex, bytes: Int) {
        messages.append(Sent(last: last, bytes: bytes))
        self.bytes += bytes
    }

    /// Everything up to `index` has been answered.
    mutating func free(through index: LogIndex) {
        while let first = messages.first, first.last <= index {
            bytes -= first.bytes
            messages.removeFirst()
        }
    }
}
