import Coordinator
import HashRing
import Membership

/// Everything of a node that ends with its process.
struct NodeProcess {
    /// Which start of the node it is: what was planned for an earlier one does not happen.
    let boot: Int
    var coordinator: Coordinator
    /// Where the monotonic clock of this process began.
    let origin: Duration
    /// On their way to the disk, in order.
    var writes: [LogJob] = []
    /// How many of them are being written now.
    var isWriting = 0
    var appliers: [ShardID: Applier] = [:]
    /// To whom it keeps links.
    var peers: [NodeID: PeerAddress] = [:]
    /// As it was last told: whom it admits, what it seals gossip with.
    var registry: Registry?
    /// Snapshots that were taken and are kept for sending.
    var snapshots: [TransferID: [UInt8]] = [:]
    /// Snapshots that arrived, by their paths.
    var received: [String: [UInt8]] = [:]
    /// `kill -STOP`: nothing happens in it, and everything waits.
    var isPaused = false
    /// What waits for it to go on.
    var postponed: [(SimulatedNode) throws -> Void] = []
    var isDrained = false

    init(boot: Int, coordinator: Coordinator, origin: Duration) {
        self.boot = boot
        self.coordinator = coordinator
        self.origin = origin
    }
}
