/// What is going to happen: by time, and at the same time in the order in which it was planned.
struct Agenda {
    private struct Item {
        var due: Duration
        var order: UInt64
        var occurrence: () throws -> Void

        func comes(before other: Item) -> Bool {
            due != other.due ? due < other.due : order < other.order
        }
    }

    /// A binary heap.
    private var items: [Item] = []
    private var planned: UInt64 = 0

    /// When the next thing happens.
    var next: Duration? { items.first?.due }

    mutating func add(at due: Duration, _ occurrence: @escaping () throws -> Void) {
        planned += 1
        items.append(Item(due: due, order: planned, occurrence: occurrence))
        var child = items.count - 1
        while child > 0, items[child].comes(before: items[(child - 1) / 2]) {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The next thing and when it happens.
    mutating func take() -> (due: Duration, occurrence: () throws -> Void)? {
        guard let first = items.first else { return nil }
        let last = items.removeLast()
        if !items.isEmpty {
            items[0] = last
            sink()
        }
        return (first.due, first.occurrence)
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < items.count {
                if items[child].comes(before: items[least]) { least = child }
            }
            if least == parent { return }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
