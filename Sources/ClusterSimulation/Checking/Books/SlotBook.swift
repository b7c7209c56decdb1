import Checks
import HashRing

/// The slots by the books: which ask each stands for, and how it was closed. What the exchange of leases promises of them, so
/// that a home's rows alone prove I4.
struct SlotBook {
    private struct Place: Hashable {
        let home: ShardID
        let slot: SlotID
    }

    private struct Slot {
        /// The last ask's.
        var lease: LeaseID
        var isAsking = true
        /// Closed by a committed answer: nothing is granted for it any more.
        var isClosed = false
        var isCounted = false
    }

    private struct Wish: Hashable {
        let client: ClientID
        let key: String
    }

    private let findings: Findings
    private var slots: [Place: Slot] = [:]
    private var wishes: [Wish: [Place]] = [:]

    init(_ findings: Findings) { self.findings = findings }

    /// `wasGranted`: whether a lease was granted before this entry.
    mutating func take(_ entry: AppliedEntry, wasGranted: (LeaseID) -> Bool) {
        switch (entry.command, entry.outcome) {
        case (.reserve(let reservation), .reserved(let answer)): open(answer.slots, for: reservation, at: entry.shard)
        case (.ask(let slot, let last, _), .asked(let ask)):
            if wasGranted(last) {
                findings.report("I4: \(last) was granted, and its slot asks elsewhere as \(ask.lease)")
            }
            slots[Place(home: entry.shard, slot: slot)]?.lease = ask.lease
        case (.granted(let slot, let lease, _, _), _): count(slot, lease, at: entry.shard)
        case (.exhausted(let slot, let lease), _), (.slotCancelled(let slot, let lease), _):
            close(slot, lease, at: entry.shard)
        case (.inbox(_, let first, let events), .inbox(_, let through)):
            guard !events.isEmpty, through >= first + UInt64(events.count) - 1 else { return }
            for event in events { take(event, at: entry.shard) }
        case (.grant(let order), .granted) where !wasGranted(order.lease): checkGrant(order)
        default: break
        }
    }

    /// A key opens slots once, unless nothing came of them.
    private mutating func open(_ asks: [SlotAsk], for reservation: Reservation, at home: ShardID) {
        guard !asks.isEmpty else { return }
        let places = asks.map { Place(home: home, slot: $0.slot) }
        for (place, ask) in zip(places, asks) { slots[place] = Slot(lease: ask.lease) }
        guard let key = reservation.key?.key else { return }
        let wish = Wish(client: reservation.client, key: key)
        let before = wishes[wish] ?? []
        if !reservation.continues, before.contains(where: { slots[$0].map { $0.isAsking || $0.isCounted } ?? false }) {
            findings.report("I4: the key \(key) of client \(reservation.client) opened slots a second time")
        }
        wishes[wish] = reservation.continues ? before + places : places
    }

    private mutating func count(_ slot: SlotID, _ lease: LeaseID, at home: ShardID) {
        let place = Place(home: home, slot: slot)
        guard let known = slots[place], known.isAsking, known.lease == lease else { return }
        slots[place]?.isAsking = false
        slots[place]?.isCounted = true
    }

    private mutating func close(_ slot: SlotID, _ lease: LeaseID, at home: ShardID) {
        let place = Place(home: home, slot: slot)
        guard slots[place]?.lease == lease else { return }
        slots[place]?.isAsking = false
        slots[place]?.isClosed = true
    }

    /// A lease that died or ended was granted, whether its home had heard of that or not.
    private mutating func take(_ event: OutboxEvent, at home: ShardID) {
        switch event {
        case .leaseDead(_, let slot, let lease, _), .leaseEnded(_, let slot, let lease, _, _, _):
            let place = Place(home: home, slot: slot)
            guard slots[place]?.lease == lease else { return }
            slots[place]?.isAsking = false
            slots[place]?.isCounted = true
        case .resultsAccepted, .faults: break
        }
    }

    private func checkGrant(_ order: GrantOrder) {
        guard let slot = slots[Place(home: order.home, slot: order.slot)] else {
            return findings.report("I4: \(order.lease) was granted for a slot that its home never opened")
        }
        if slot.lease != order.lease {
            findings.report("I4: \(order.lease) was granted, and its slot stands for \(slot.lease)")
        } else if slot.isClosed {
            findings.report("I4: \(order.lease) was granted after its slot had been closed")
        }
    }
}
