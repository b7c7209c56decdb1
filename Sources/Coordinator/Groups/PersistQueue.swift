import Consensus
import DequeModule

/// Persist effects that are not durable yet, in the order in which they become so.
struct PersistQueue: Sendable {
    enum Write: Sendable {
        /// A part of a replica's log. A replica that came after it numbers its own from the beginning.
        case log(GroupKey, ReplicaID, PersistID)
        /// A replica's log goes, and after it the shard's file.
        case removal(GroupKey)
        /// The registry's image up to this index.
        case image(LogIndex)
        /// Nobody waits for it.
        case other
    }

    private var waiting = Deque<(ticket: PersistTicket, write: Write)>()
    private var issued: UInt64 = 0

    mutating func issue(_ write: Write) -> PersistTicket {
        issued += 1
        let ticket = PersistTicket(rawValue: issued)
        waiting.append((ticket, write))
        return ticket
    }

    /// The oldest write that is durable once `ticket` is, and not taken yet.
    mutating func takeDurable(through ticket: PersistTicket) -> Write? {
        guard let first = waiting.first, first.ticket <= ticket else { return nil }
        return waiting.removeFirst().write
    }
}
