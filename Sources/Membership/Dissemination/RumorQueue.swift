import DequeModule

/// Which members there is news about, in the order in which gossip should carry it: what was sent least goes first
/// (SWIM, section 4.1). It holds slots, not rumors: what is sent is what is known at that moment, so news replaces
/// older news about the same member by itself, and the queue is never longer than the roster.
struct RumorQueue {
    private struct Ticket {
        let slot: Int
        let serial: UInt32
    }

    /// What became of a slot that was offered for a datagram.
    enum Outcome {
        case taken
        /// Its rumor is larger than what is left.
        case tooLarge
        /// Of no use to this receiver: it does not count as sent.
        case useless
    }

    /// By how often they were sent. A ticket whose serial is no longer its slot's was replaced.
    private var tiers: [Deque<Ticket>] = []
    /// The serial of each slot's valid ticket; 0 for none.
    private var serials: [UInt32] = []
    private var lastSerial: UInt32 = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    func contains(_ slot: Int) -> Bool { slot < serials.count && serials[slot] != 0 }

    /// There is news about `slot`: it is to be sent from scratch.
    mutating func enqueue(_ slot: Int) {
        while serials.count <= slot { serials.append(0) }
        if serials[slot] == 0 { count += 1 }
        lastSerial = lastSerial == .max ? 1 : lastSerial + 1
        serials[slot] = lastSerial
        if tiers.isEmpty { tiers.append([]) }
        tiers[0].append(Ticket(slot: slot, serial: lastSerial))
    }

    /// Nothing is to be said about `slot` any more.
    mutating func withdraw(_ slot: Int) {
        guard contains(slot) else { return }
        serials[slot] = 0
        count -= 1
    }

    mutating func removeAll() {
        for slot in serials.indices { serials[slot] = 0 }
        tiers.removeAll()
        count = 0
    }

    /// Offers slots, least sent first, until two were too large (after the first, a smaller one may fit). What was
    /// taken counts as sent once more and is dropped after `limit` times.
    mutating func draw(limit: Int, _ offer: (Int) -> Outcome) {
        guard count > 0 else { return }
        var moved: [(ticket: Ticket, tier: Int)] = []
        var refusals = 0
        tiering: for tier in tiers.indices {
            for _ in 0..<tiers[tier].count {
                guard let ticket = tiers[tier].popFirst() else { break }
                guard serials[ticket.slot] == ticket.serial else { continue }
                switch offer(ticket.slot) {
                case .taken: moved.append((ticket, tier + 1))
                case .useless: tiers[tier].append(ticket)
                case .tooLarge:
                    tiers[tier].append(ticket)
                    refusals += 1
                    if refusals == 2 { break tiering }
                }
            }
        }
        for (ticket, tier) in moved {
            if tier >= limit {
                withdraw(ticket.slot)
            } else {
                while tiers.count <= tier { tiers.append([]) }
                tiers[tier].append(ticket)
            }
        }
    }
}
