import Consensus

/// What happens next in a simulated cluster.
enum Event {
    case deliver(Message)
    case tick(replica: Int)
    case diskDone(replica: Int, incarnation: Int)
    case apply(replica: Int, incarnation: Int)
    case crash(replica: Int)
    case restart(replica: Int)
    case snapshotArrives(from: Int, to: Int, Snapshot)
    case operation
}

/// Events in order of time; at the same time in order of their making. Times are in microseconds.
struct EventQueue {
    private struct Place {
        var time: Int64
        var order: UInt32
        var slot: UInt32
    }

    private var heap: [Place] = []
    private var slots: [Event] = []
    private var free: [UInt32] = []
    private var made: UInt32 = 0

    var isEmpty: Bool { heap.isEmpty }

    init() {
        heap.reserveCapacity(256)
        slots.reserveCapacity(256)
    }

    mutating func add(_ event: Event, at time: Int64) {
        let slot: UInt32
        if let reused = free.popLast() {
            slot = reused
            slots[Int(reused)] = event
        } else {
            slot = UInt32(slots.count)
            slots.append(event)
        }
        made &+= 1
        heap.append(Place(time: time, order: made, slot: slot))
        siftUp(heap.count - 1)
    }

    mutating func next() -> (time: Int64, event: Event)? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if !heap.isEmpty {
            heap[0] = last
            siftDown(0)
        }
        let event = slots[Int(first.slot)]
        slots[Int(first.slot)] = .operation
        free.append(first.slot)
        return (first.time, event)
    }

    private static func isBefore(_ left: Place, _ right: Place) -> Bool {
        left.time != right.time ? left.time < right.time : left.order < right.order
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard Self.isBefore(heap[child], heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var least = 2 * parent + 1
            guard least < heap.count else { return }
            if least + 1 < heap.count, Self.isBefore(heap[least + 1], heap[least]) { least += 1 }
            guard Self.isBefore(heap[least], heap[parent]) else { return }
            heap.swapAt(least, parent)
            parent = least
        }
    }
}
