/// Events in the order of their times; of equal times, in the order in which they were added. A binary heap of small
/// keys beside a table of the events, so that sifting moves 24 bytes.
struct EventQueue<Event> {
    private struct Key {
        let time: Int64
        let serial: UInt64
        let place: Int

        func precedes(_ other: Key) -> Bool { time != other.time ? time < other.time : serial < other.serial }
    }

    private var heap: [Key] = []
    private var events: [Event?] = []
    private var free: [Int] = []
    private var serial: UInt64 = 0

    var isEmpty: Bool { heap.isEmpty }
    var nextTime: Int64? { heap.first?.time }

    mutating func add(_ event: Event, at time: Int64) {
        let place: Int
        if let reused = free.popLast() {
            place = reused
            events[place] = event
        } else {
            place = events.count
            events.append(event)
        }
        serial += 1
        heap.append(Key(time: time, serial: serial, place: place))
        siftUp()
    }

    mutating func next() -> (time: Int64, event: Event)? {
        guard let key = heap.first, let event = events[key.place] else { return nil }
        events[key.place] = nil
        free.append(key.place)
        let last = heap.removeLast()
        if !heap.isEmpty { siftDown(last) }
        return (key.time, event)
    }

    private mutating func siftUp() {
        var child = heap.count - 1
        let key = heap[child]
        while child > 0 {
            let parent = (child - 1) / 2
            guard key.precedes(heap[parent]) else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = key
    }

    private mutating func siftDown(_ key: Key) {
        var parent = 0
        while true {
            var child = 2 * parent + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
            guard heap[child].precedes(key) else { break }
            heap[parent] = heap[child]
            parent = child
        }
        heap[parent] = key
    }
}
