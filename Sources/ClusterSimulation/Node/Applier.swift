import Checks
import Coordinator
import HashRing

/// One shard's applier: the file it has open, and what waits for it.
struct Applier {
    enum Job {
        case apply([CommittedEntry])
        case query(QueryID, Query)
        case open(generation: UInt64)
        case drop
        case takeSnapshot(TransferID)
    }

    /// `nil`: no file is open.
    var machine: (any SimulatedShard)?
    /// Of the file that is open.
    var generation: UInt64 = 0
    var jobs: [Job] = []
    /// A turn is planned.
    var isBusy = false
}
