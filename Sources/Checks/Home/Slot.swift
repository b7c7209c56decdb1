import HashRing

/// One slot of a client: the right to one bucket, from the reserve until its end. It stands for its last ask only.
struct Slot: Hashable {
    /// How far it has come. Stored: append only.
    enum State: Int64, Hashable {
        /// The last ask has no committed outcome.
        case asking = 1
        /// Its lease lives, as far as this home knows.
        case granted = 2
        /// Ended by a cancel; what the lease's own shard has to say of it is still to come, if it was ever granted.
        case cancelled = 3
        /// Nothing was found.
        case exhausted = 4
        /// Its lease ended.
        case ended = 5
    }

    let id: SlotID
    let client: ClientID
    let service: ServiceName
    let lane: Lane
    var state = State.asking
    /// The last ask's.
    var lease: LeaseID
    /// Asks so far; part of what the lease id is made from.
    var asks: UInt64 = 1
    /// Users that the client's window still allows it.
    var allowance: Int
    let requestedAt: Timestamp
    var endedAt: Timestamp?
    var isDead = false
    /// Whether its lease was counted as assigned.
    var isCounted = false
    /// Whether an `Idempotency-Key` may ask for it again.
    let isKeyed: Bool

    /// Whether it counts against the cap.
    var isOpen: Bool { state == .asking || state == .granted }
    var ask: SlotAsk { SlotAsk(slot: id, lease: lease, lane: lane, allowance: allowance) }
    var wasGranted: Bool { isCounted }
}
