/// Things that are due at a time, earliest first; equal times in the order they were added. A binary heap: O(log n).
///
/// An element is never taken out early: whoever takes it looks whether it still means anything.
struct DeadlineQueue<Element: Sendable>: Sendable {
    private struct Node: Sendable {
        let due: Duration
        let order: UInt64
        let element: Element

        func precedes(_ other: Node) -> Bool { (due, order) < (other.due, other.order) }
    }

    private var heap: [Node] = []
    private var added: UInt64 = 0

    /// When the first is due.
    var next: Duration? { heap.first?.due }

    mutating func add(_ element: Element, due: Duration) {
        added += 1
        heap.append(Node(due: due, order: added, element: element))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].precedes(heap[parent]) else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// The first element that is due at `now`, if any.
    mutating func takeDue(at now: Duration) -> Element? {
        guard let first = heap.first, first.due <= now else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            sink()
        }
        return first.element
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].precedes(heap[least])
            {
                least = child
            }
            guard least != parent else { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
