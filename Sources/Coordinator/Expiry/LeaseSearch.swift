import Checks
import HashRing

/// Finds the live leases that this node's clocks do not know: asks every home for its clients, those that hold anything
/// for their slots, and the leases' own shards for the leases. One at a time; O(clients).
struct LeaseSearch: Conversation {
    private var homes: [ShardID] = []
    private var cursor: [UInt8]?
    private var holders: [ClientID] = []
    private var outstanding = 0
    private var wanted: [ShardID] = []
    private var hasFailed = false

    private enum Step {
        static let clients = 0
        static let leases = 1
        /// Plus the position of the holder.
        static let slots = 2
    }

    var delivery: DeliveryOutcome { .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            homes = node.shards
            wanted = node.shards.filter { node.leases[$0.index].isIncomplete }
            return nextPage(in: &node)
        case .answer(Step.clients, .success(.clients(let page))):
            cursor = page.next
            if page.next == nil { homes.removeFirst() }
            holders = page.items.filter { $0.statistics.bucketsHeld > 0 }.map(\.id)
            return askHolders(in: &node)
        case .answer(Step.clients, _): return finish(isComplete: false, in: &node)
        case .answer(let step, .success(.slots(let slots))):
            outstanding -= 1
            askLeases(slots, of: holders[step - Step.slots], in: &node)
        case .answer(_, .success(.leases(let leases))):
            outstanding -= 1
            for lease in leases { node.noteFound(lease) }
        case .answer:
            outstanding -= 1
            hasFailed = true
        case .due:
            node.upkeep[0].isSearching = false
            if node.leases.contains(where: \.isIncomplete) { node.searchLeases() }
            return .finished
        default: return .goesOn
        }
        return outstanding == 0 ? nextPage(in: &node) : .goesOn
    }

    private mutating func nextPage(in node: inout NodeState) -> Progress {
        guard let home = homes.first else { return finish(isComplete: !hasFailed, in: &node) }
        node.ask(.clients(Page(after: cursor, limit: Limits.clientsPerSearch)), of: home, step: Step.clients)
        return .goesOn
    }

    private mutating func askHolders(in node: inout NodeState) -> Progress {
        guard !holders.isEmpty else { return nextPage(in: &node) }
        for (position, client) in holders.enumerated() {
            outstanding += 1
            node.ask(.slots(client), of: node.home(of: client), step: Step.slots + position)
        }
        return .goesOn
    }

    private mutating func askLeases(_ slots: [SlotAsk], of client: ClientID, in node: inout NodeState) {
        for (shard, leases) in slots.map(\.lease).grouped(by: \.shard) where wanted.contains(shard) {
            outstanding += 1
            node.ask(.leases(leases, client), of: shard, step: Step.leases)
        }
    }

    /// The search counts only for the shards that had asked for it when it began.
    private func finish(isComplete: Bool, in node: inout NodeState) -> Progress {
        if isComplete { for shard in wanted { node.leases[shard.index].isIncomplete = false } }
        node.wake(at: node.now.monotonic + Limits.expirySearch)
        return .goesOn
    }
}

extension Array {
    /// The elements by key, keys in order, elements of a key in their order. O(n log n).
    func grouped<Key: Hashable & Comparable>(by key: (Element) -> Key) -> [(key: Key, elements: [Element])] {
        var positions: [Key: Int] = [:]
        var groups: [(key: Key, elements: [Element])] = []
        for element in self {
            let key = key(element)
            if let position = positions[key] {
                groups[position].elements.append(element)
            } else {
                positions[key] = groups.count
                groups.append((key, [element]))
            }
        }
        return groups.sorted { $0.key < $1.key }
    }
}
