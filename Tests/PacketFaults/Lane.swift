import NIOCore

/// One direction of a TCP connection: what has been read of it and is not yet passed on, in its order. Pure: the time is given.
///
/// A stream shows its reader nothing of lost and overtaken packets but that it stands still: what follows waits for what was
/// sent again.
struct Lane {
    enum Parcel {
        /// The connection itself, which the other side is to hear of.
        case opening
        case bytes(ByteBuffer)
        case end
    }

    private var waiting: CircularBuffer<(due: NIODeadline, parcel: Parcel)> = []
    private var last = NIODeadline.uptimeNanoseconds(0)
    private var heldBytes = 0
    /// Its sender has closed its end; what was sent before may still wait.
    private(set) var hasEnded = false
    /// The moment for which the proxy has a timer.
    var timer: NIODeadline?

    var hasRoom: Bool { heldBytes < ProxyLimits.heldBytes }
    /// When the next parcel may be passed on.
    var due: NIODeadline? { waiting.first?.due }

    /// - Parameter seconds: how long it takes on its way; it is not before those that were sent earlier.
    mutating func add(_ parcel: Parcel, at now: NIODeadline, taking seconds: Double = 0) {
        last = max(last, now + .nanoseconds(Int64(seconds * 1e9)))
        waiting.append((last, parcel))
        switch parcel {
        case .opening: break
        case .bytes(let bytes): heldBytes += bytes.readableBytes
        case .end: hasEnded = true
        }
    }

    /// Takes the next parcel that is due.
    mutating func next(at now: NIODeadline) -> Parcel? {
        guard let first = waiting.first, first.due <= now else { return nil }
        waiting.removeFirst()
        if case .bytes(let bytes) = first.parcel { heldBytes -= bytes.readableBytes }
        return first.parcel
    }
}
