import NIOCore

/// A TCP connection through the proxy: the end of who dialled, the end of who is dialled, and the two lanes between them.
struct Relay {
    /// The end from which bytes come.
    enum Side: CaseIterable, Sendable {
        case near, far
        var other: Side { self == .near ? .far : .near }
    }

    enum FarEnd {
        case none, dialing
        case open(any Channel)
        case closed
    }

    /// nil where who dialled is no node: such connections pass unhindered.
    let path: Path?
    let target: SocketAddress
    let near: any Channel
    var far = FarEnd.none
    private var lanes: (near: Lane, far: Lane) = (Lane(), Lane())

    init(path: Path?, target: SocketAddress, near: any Channel) {
        self.path = path
        self.target = target
        self.near = near
    }

    /// What comes from that side.
    subscript(side: Side) -> Lane {
        get { side == .near ? lanes.near : lanes.far }
        set { if side == .near { lanes.near = newValue } else { lanes.far = newValue } }
    }

    func path(from side: Side) -> Path? { side == .near ? path : path?.reversed }

    func channel(_ side: Side) -> (any Channel)? {
        if side == .near { return near }
        return if case .open(let channel) = far { channel } else { nil }
    }

    /// Nothing comes and nothing can be passed on any more.
    var isOver: Bool {
        guard !near.isActive else { return false }
        return switch far {
        case .none, .closed: true
        case .dialing: false
        case .open(let channel): !channel.isActive
        }
    }

    /// Whether the other side takes what comes from this one.
    func takes(from side: Side) -> Bool {
        switch (side, far) {
        case (.near, .none): true
        case (.near, .dialing), (.near, .closed): false
        case (.near, .open(let channel)): channel.isWritable || !channel.isActive
        case (.far, _): near.isWritable || !near.isActive
        }
    }
}
