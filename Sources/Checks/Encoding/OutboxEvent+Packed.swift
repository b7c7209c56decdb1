/// One event, packed: in the outbox's table, and in the command that brings it to another shard.
extension OutboxEvent {
    /// A byte for the kind, then its fields in order.
    package func packed() -> [UInt8] {
        var writer = PackedWriter(capacity: 48)
        switch self {
        case .leaseDead(let client, let slot, let lease, let at):
            writer.byte(1)
            writer.varint(client.rawValue)
            writer.varint(slot.rawValue)
            writer.lease(lease)
            writer.time(at)
        case .leaseEnded(let client, let slot, let lease, let ending, let users, let at):
            writer.byte(2)
            writer.varint(client.rawValue)
            writer.varint(slot.rawValue)
            writer.lease(lease)
            writer.byte(ending.rawValue)
            writer.count(users)
            writer.time(at)
        case .resultsAccepted(let client, let counts, let agreeing, let judged, let at):
            writer.byte(3)
            writer.varint(client.rawValue)
            writer.count(counts.count)
            for count in counts {
                writer.byte(count.verdict.rawValue)
                writer.count(count.count)
            }
            writer.count(agreeing)
            writer.count(judged)
            writer.time(at)
        case .faults(let client, let fault, let count, let lease, let at):
            writer.byte(4)
            writer.varint(client.rawValue)
            writer.byte(fault.rawValue)
            writer.count(count)
            writer.lease(lease)
            writer.time(at)
        }
        return writer.bytes
    }

    /// `nil` for bytes that ``packed()`` does not make.
    package init?(packed bytes: [UInt8]) {
        var reader = PackedReader(bytes)
        let kind = reader.byte()
        let client = ClientID(rawValue: reader.varint())
        switch kind {
        case 1, 2:
            let slot = SlotID(rawValue: reader.varint())
            guard let lease = reader.lease() else { return nil }
            if kind == 1 {
                self = .leaseDead(client: client, slot: slot, lease: lease, at: reader.time())
            } else {
                guard let ending = Ending(rawValue: reader.byte()) else { return nil }
                guard let users = try? reader.tally() else { return nil }
                self = .leaseEnded(
                    client: client, slot: slot, lease: lease, ending: ending, users: users, at: reader.time())
            }
        case 3:
            var counts: [VerdictCount] = []
            let kinds = reader.count()
            guard kinds <= Verdict.allCases.count else { return nil }
            for _ in 0..<kinds {
                guard let verdict = Verdict(rawValue: reader.byte()) else { return nil }
                guard let count = try? reader.tally() else { return nil }
                counts.append(VerdictCount(verdict: verdict, count: count))
            }
            guard let agreeing = try? reader.tally(), let judged = try? reader.tally() else { return nil }
            self = .resultsAccepted(
                client: client, counts: counts, agreeing: agreeing, judged: judged, at: reader.time())
        case 4:
            guard let fault = ClientFault(rawValue: reader.byte()) else { return nil }
            guard let count = try? reader.tally(), let lease = reader.lease() else { return nil }
            self = .faults(client: client, fault: fault, count: count, lease: lease, at: reader.time())
        default: return nil
        }
        if reader.failed || !reader.atEnd { return nil }
    }
}
