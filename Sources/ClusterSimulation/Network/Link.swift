import Coordinator

/// A connection from one node to another: messages arrive in order, and are lost only with the connection.
final class Link {
    enum State {
        /// Not up yet, or not again.
        case dialing
        case up
        /// The way is cut: what is sent waits, until the way is mended or somebody's patience ends.
        case stalled
        /// The sender's process has ended; what it had sent still arrives.
        case orphaned
        /// What was on its way is lost; the sender does not know yet.
        case broken
    }

    let direction: Direction
    var state = State.dialing
    /// On their way, oldest first.
    var inFlight = [PeerMessage]()
    /// When the last of them arrives.
    var lastArrival: Duration

    init(_ direction: Direction, lastArrival: Duration) {
        self.direction = direction
        self.lastArrival = lastArrival
    }
}
