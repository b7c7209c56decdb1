extension RaftGroup {
    /// Sends every follower what it lacks and may be sent.
    mutating func replicate() {
        var shared = Batch()
        for position in leader.progress.indices where leader.progress[position].id != id {
            replicate(to: position, &shared)
        }
    }

    /// The last piece of the log that was cut out: followers at the same place share it.
    private struct Batch {
        var first = LogIndex.zero
        var entries: [Entry] = []
        var bytes = 0
    }

    private mutating func replicate(to position: Int, _ shared: inout Batch) {
        while true {
            let follower = leader.progress[position]
            let next = follower.next
            let hasEntries = next <= log.last
            switch follower.pace {
            case .snapshot:
                return
            case .probe(let isWaiting):
                if isWaiting { return }
            case .replicate(let inflight):
                let isFull = inflight.isFull(settings) && !mutations.contains(.ignoreFlowControl)
                let hasNews = follower.toldCommit < min(commit, next.previous)
                guard (hasEntries && !isFull) || hasNews else { return }
                if isFull || !hasEntries {
                    sendAppend(to: position, previous: next.previous, entries: [], bytes: 0)
                    return
                }
            }
            if hasEntries, shared.first != next { cut(from: next, into: &shared) }
            sendAppend(
                to: position, previous: next.previous, entries: hasEntries ? shared.entries : [],
                bytes: hasEntries ? shared.bytes : 0)
        }
    }

    private func cut(from first: LogIndex, into batch: inout Batch) {
        batch.entries = log.slice(
            from: first, through: log.last, bytes: settings.appendBytes, count: settings.appendEntries)
        batch.first = first
        batch.bytes = batch.entries.reduce(0) { $0 + $1.cost }
    }

    private mutating func sendAppend(to position: Int, previous: LogIndex, entries: [Entry], bytes: Int) {
        guard let previousTerm = log.term(at: previous) else {
            requestSnapshot(for: position)
            return
        }
        let follower = leader.progress[position].id
        let append = Message.Append(
            previous: LogMark(index: previous, term: previousTerm), entries: entries, commit: commit)
        leader.progress[position].sent(count: entries.count, bytes: bytes, commit: commit)
        send(.append(append), to: follower, after: .term)
    }

    /// Appends were sent and nothing came back: asks the follower where it is, with an empty append at the end of what
    /// was sent. It answers that all is well, or rejects and so makes the leader go back.
    mutating func sendReminder(to position: Int) {
        let previous = leader.progress[position].next.previous
        if mutations.contains(.stallBelowBase), log.term(at: previous) == nil { return }
        sendAppend(to: position, previous: previous, entries: [], bytes: 0)
    }

    /// Makes this leader heard, and begins or repeats a quorum round for reads.
    mutating func sendHeartbeats() {
        if leader.reads.needsRound {
            leader.reads.round += 1
            leader.reads.needsRound = false
        }
        let round = leader.reads.round
        for follower in leader.progress where follower.id != id {
            send(.heartbeat(commit: min(follower.match, commit), round: round), to: follower.id, after: .term)
        }
    }
}
