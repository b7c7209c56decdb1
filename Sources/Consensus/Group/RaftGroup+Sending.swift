/// What a message must wait for before it may leave.
enum Gate {
    /// Nothing: it promises nothing.
    case open
    /// The term it speaks in: a leader's appends and heartbeats overtake its entries on the way to the disk, and a
    /// request for votes may as well, but neither overtakes the vote that the replica cast for itself.
    case term
    /// Everything up to this moment: it acknowledges entries or grants a vote.
    case everything
}

extension RaftGroup {
    mutating func send(_ body: Message.Body, to: ReplicaID, after gate: Gate) {
        send(Message(from: id, to: to, term: term, body: body), after: gate)
    }

    mutating func send(_ message: Message, after gate: Gate) {
        let needed: PersistID =
            switch gate {
            case .open: .zero
            case .term: durability.termGate
            case .everything: durability.gate
            }
        if needed <= durability.done {
            outbox.append(message)
        } else {
            durability.held.append(Durability.Held(gate: needed, message: message))
        }
    }
}
