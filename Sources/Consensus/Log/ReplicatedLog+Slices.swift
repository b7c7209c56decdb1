import DequeModule

extension ReplicatedLog {
    /// The entries from `first` through `last`, cut short so that they cost at most `bytes` and number at most `count`;
    /// at least one if there is any. O(n) in what is returned; payloads are shared, not copied.
    package func slice(from first: LogIndex, through last: LogIndex, bytes: Int, count: Int) -> [Entry] {
        guard first > base.index, first <= last, last <= self.last else { return [] }
        let start = Int(first.rawValue - base.index.rawValue - 1)
        let limit = min(Int(last.rawValue - first.rawValue) + 1, max(count, 1))
        var end = start + 1
        var cost = entries[start].cost
        while end < start + limit {
            cost += entries[end].cost
            if cost > bytes { break }
            end += 1
        }
        return Array(entries[start..<end])
    }

    /// The last place at or before `index` whose term is at most `term`: where two logs that differ at `index` may
    /// still agree, because terms never fall along a log (Raft, end of section 5.3). Below the base nothing is known;
    /// such a place comes back without its term.
    package func lastPlace(atOrBefore index: LogIndex, withTermAtMost term: Term) -> LogMark {
        var place = min(index, last)
        while place >= base.index {
            if let there = self.term(at: place), there <= term { return LogMark(index: place, term: there) }
            guard place > .zero else { break }
            place = place.previous
        }
        return LogMark(index: place, term: .none)
    }
}
