extension Progress {
    /// Starts over at what is certain, one append at a time.
    mutating func probe(from next: LogIndex) {
        self.next = max(next, match.next)
        toldCommit = min(toldCommit, self.next.previous)
        pace = .probe(isWaiting: false)
    }

    /// Notes that an append with `count` entries of `bytes` was sent.
    mutating func sent(count: Int, bytes: Int, commit: LogIndex) {
        toldCommit = max(toldCommit, commit)
        switch pace {
        case .probe:
            pace = .probe(isWaiting: true)
        case .replicate(var inflight):
            guard count > 0 else { return }
            pace = .probe(isWaiting: true)
            next = LogIndex(next.rawValue + UInt64(count))
            inflight.add(last: next.previous, bytes: bytes)
            pace = .replicate(inflight)
        case .snapshot:
            break
        }
    }

    /// The replica has everything through `index` on disk. False if that is no news.
    mutating func accepted(through index: LogIndex, base: LogIndex) -> Bool {
        let isNews = index > match
        if isNews {
            match = index
            next = max(next, index.next)
        }
        switch pace {
        case .probe:
            // An old acknowledgement proves as well as a new one that the logs meet at `match`.
            next = match.next
            pace = .replicate(Inflight())
        case .replicate(var inflight):
            pace = .probe(isWaiting: false)
            inflight.free(through: index)
            pace = .replicate(inflight)
        case .snapshot:
            if match >= base {
                next = match.next
                pace = .replicate(Inflight())
            }
        }
        return isNews
    }

    /// The replica does not hold what the append after `index` follows; it may agree at `place`. False if the
    /// rejection is out of date.
    mutating func rejected(index: LogIndex, place: LogIndex) -> Bool {
        switch pace {
        case .replicate:
            guard index > match else { return false }
        case .probe:
            guard next.previous == index else { return false }
        case .snapshot:
            return false
        }
        probe(from: min(index, place.next))
        return true
    }

    /// Whether appends that were sent must have been lost: some are unanswered, and between two heartbeat answers
    /// nothing was acknowledged.
    mutating func hasStalled() -> Bool {
        defer { matchAtHeartbeat = match }
        guard case .replicate(let inflight) = pace else { return false }
        return !inflight.isEmpty && match == matchAtHeartbeat
    }
}
