import Checks
import DequeModule

/// Lease requests under way: those with the same key follow one another, and all of a client hear when it is
/// unregistered.
struct ReservationsUnderWay: Sendable {
    struct Key: Hashable, Sendable {
        let client: ClientID
        let key: String
    }

    private var queues: [Key: Deque<ConversationID>] = [:]
    private var byClient: [ClientID: [ConversationID]] = [:]

    /// Whether the conversation may go on at once; otherwise it hears when those before it are finished.
    mutating func enter(_ conversation: ConversationID, client: ClientID, key: String?) -> Bool {
        byClient[client, default: []].append(conversation)
        guard let key else { return true }
        queues[Key(client: client, key: key), default: []].append(conversation)
        return queues[Key(client: client, key: key)]?.count == 1
    }

    /// Returns who may go on now.
    mutating func leave(_ conversation: ConversationID, client: ClientID, key: String?) -> ConversationID? {
        byClient[client]?.removeAll { $0 == conversation }
        if byClient[client]?.isEmpty == true { byClient[client] = nil }
        guard let key else { return nil }
        let queue = Key(client: client, key: key)
        let wasFirst = queues[queue]?.first == conversation
        queues[queue]?.removeAll { $0 == conversation }
        if queues[queue]?.isEmpty == true { queues[queue] = nil }
        return wasFirst ? queues[queue]?.first : nil
    }

    func conversations(of client: ClientID) -> [ConversationID] { byClient[client] ?? [] }
}
