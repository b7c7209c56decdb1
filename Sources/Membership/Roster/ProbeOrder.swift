/// Who is probed next: a shuffled round robin, so that each member is probed within 2n - 1 periods of any other
/// (SWIM, section 4.3). It also serves as the list of live peers to draw relays and gossip targets from.
///
/// Positions before `cursor` have been probed in this round. All operations are O(1) but for the shuffle that ends a
/// round.
struct ProbeOrder {
    /// Roster slots in probing order.
    private(set) var slots: [Int] = []
    /// Where each slot stands in `slots`; -1 for nowhere.
    private var positions: [Int] = []
    private var cursor = 0

    var count: Int { slots.count }

    /// A newcomer goes to a random place among those still to be probed in this round.
    mutating func insert(_ slot: Int, using random: inout RandomSource) {
        while positions.count <= slot { positions.append(-1) }
        slots.append(slot)
        positions[slot] = slots.count - 1
        exchange(slots.count - 1, cursor + random.index(below: slots.count - cursor))
    }

    /// Takes a slot out without moving anyone across the cursor.
    mutating func remove(_ slot: Int) {
        guard slot < positions.count, positions[slot] >= 0 else { return }
        var position = positions[slot]
        if position < cursor {
            cursor -= 1
            exchange(position, cursor)
            position = cursor
        }
        exchange(position, slots.count - 1)
        slots.removeLast()
        positions[slot] = -1
    }

    /// The next to be probed; starts and shuffles a new round at the end. `nil` when there is nobody.
    mutating func next(using random: inout RandomSource) -> Int? {
        guard !slots.isEmpty else { return nil }
        if cursor >= slots.count {
            cursor = 0
            for position in stride(from: slots.count - 1, to: 0, by: -1) {
                exchange(position, random.index(below: position + 1))
            }
        }
        defer { cursor += 1 }
        return slots[cursor]
    }

    private mutating func exchange(_ left: Int, _ right: Int) {
        guard left != right else { return }
        slots.swapAt(left, right)
        positions[slots[left]] = left
        positions[slots[right]] = right
    }
}
