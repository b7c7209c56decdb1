import Consensus

extension Simulation {
    /// Does what a replica's group wants done, and shows the oracle what it did.
    mutating func settle(_ replica: Int) {
        while let ready = replicas[replica].group.takeReady() {
            if let persist = ready.persist { start(persist, replica) }
            for message in ready.messages { transmit(message) }
            if !ready.committed.isEmpty {
                replicas[replica].applyQueue += ready.committed
                startApplying(replica)
            }
            for read in ready.reads where read.index != nil { replicas[replica].reads.append(read) }
            for request in ready.snapshots { startSnapshot(from: replica, request) }
        }
        if !replicas[replica].reads.isEmpty { serveReads(replica) }
        observe(replica)
        scheduleTick(replica)
    }

    private mutating func scheduleTick(_ replica: Int) {
        guard let deadline = replicas[replica].group.nextDeadline else { return }
        let (seconds, attoseconds) = deadline.components
        let time = max(seconds * 1_000_000 + attoseconds / 1_000_000_000_000 + 1, now)
        guard time < replicas[replica].tickAt else { return }
        replicas[replica].tickAt = time
        queue.add(.tick(replica: replica), at: time)
    }

    private mutating func observe(_ replica: Int) {
        let group = replicas[replica].group
        if let broken = group.broken { oracle.fail(broken) }
        if group.commit > replicas[replica].seenCommit { observeCommit(replica, group) }
        guard group.isLeader else {
            replicas[replica].ledTerm = .none
            return
        }
        if replicas[replica].ledTerm == group.term {
            let known = replicas[replica].ledLast
            if known.index > group.log.base.index, group.log.term(at: known.index) != known.term {
                oracle.fail("Leader Append-Only: \(group.id) lost \(known) of its own log")
            }
        } else {
            replicas[replica].ledTerm = group.term
            oracle.sees(leader: group)
            if isTraced { record("\(group.id) leads term \(group.term)") }
            tally.elections += 1
        }
        replicas[replica].ledLast = group.log.lastMark
    }

    private mutating func observeCommit(_ replica: Int, _ group: RaftGroup) {
        var index = replicas[replica].seenCommit
        if group.log.base.index > index {
            index = group.log.base.index
            oracle.sees(committedThrough: group.log.base, by: group.id)
        }
        while index < group.commit, let entry = group.log.entry(at: index.next) {
            oracle.sees(committed: entry, in: group.term, by: group.id)
            index = index.next
        }
        replicas[replica].seenCommit = group.commit
    }

    private mutating func start(_ persist: Persist, _ replica: Int) {
        replicas[replica].writes.append(persist)
        let done = max(now, replicas[replica].diskFreeAt) + random.within(disk)
        replicas[replica].diskFreeAt = done
        queue.add(.diskDone(replica: replica, incarnation: replicas[replica].incarnation), at: done)
    }

    /// The oldest write is done, sometimes together with the next ones (group commit).
    mutating func diskDone(_ replica: Int, _ incarnation: Int) {
        guard replicas[replica].isUp, replicas[replica].incarnation == incarnation,
            !replicas[replica].writes.isEmpty
        else { return }
        let count = random.below(4) == 0 ? replicas[replica].writes.count : 1
        for _ in 1...count { writeNext(replica) { $0.persisted($1, now: $2) } }
        settle(replica)
    }

    /// Puts the oldest write on the disk.
    mutating func writeNext(_ replica: Int, report: (inout RaftGroup, PersistID, Duration) -> Void) {
        let persist = replicas[replica].writes.removeFirst()
        let id = replicas[replica].id
        if let snapshot = persist.snapshot {
            let through = snapshot.mark.index
            replicas[replica].applied = through
            replicas[replica].applyQueue.removeAll { $0.index <= through }
        }
        if !replicas[replica].disk.write(persist) { oracle.fail("\(id)'s disk is left with a gap") }
        for entry in persist.entries {
            guard let previous = replicas[replica].disk.term(at: entry.index.previous) else { continue }
            oracle.sees(written: entry, after: previous, by: id)
        }
        report(&replicas[replica].group, persist.id, moment)
    }

    mutating func startApplying(_ replica: Int) {
        guard !replicas[replica].isApplying, !replicas[replica].applyQueue.isEmpty else { return }
        replicas[replica].isApplying = true
        let done = now + random.within(apply)
        queue.add(.apply(replica: replica, incarnation: replicas[replica].incarnation), at: done)
    }

    /// The state machine applies some of what it was given.
    mutating func applyNext(_ replica: Int, _ incarnation: Int) {
        guard replicas[replica].isUp, replicas[replica].incarnation == incarnation else { return }
        replicas[replica].isApplying = false
        guard !replicas[replica].applyQueue.isEmpty else { return }
        let count = min(replicas[replica].applyQueue.count, 1 + random.below(16))
        for entry in replicas[replica].applyQueue.prefix(count) {
            let id = replicas[replica].id
            if entry.index != replicas[replica].applied.next { oracle.fail("\(id) applies \(entry.mark) out of order") }
            oracle.sees(committed: entry, in: replicas[replica].group.term, by: id)
            replicas[replica].applied = entry.index
        }
        replicas[replica].applyQueue.removeFirst(count)
        let through = replicas[replica].applied
        if replicas[replica].group.isLeader { acknowledge(through: through) }
        replicas[replica].group.applied(through: through, now: moment)
        startApplying(replica)
        settle(replica)
    }

    /// The clients whose commands a leader has applied are told so.
    private mutating func acknowledge(through index: LogIndex) {
        guard proposals.contains(where: { $0.index <= index }) else { return }
        for proposal in proposals where proposal.index <= index {
            let position = Int(proposal.index.rawValue) - 1
            guard position < oracle.committed.count, oracle.committed[position].entry.term == proposal.term else {
                continue
            }
            tally.acknowledged += 1
            oracle.sees(visible: proposal.index)
        }
        proposals.removeAll { $0.index <= index }
    }

    private mutating func serveReads(_ replica: Int) {
        let applied = replicas[replica].applied
        let served = replicas[replica].reads.filter { ($0.index ?? .zero) <= applied }
        guard !served.isEmpty else { return }
        replicas[replica].reads.removeAll { ($0.index ?? .zero) <= applied }
        for read in served {
            let floor = readFloors[Int(read.id.rawValue)]
            if applied < floor {
                oracle.fail("Linearizable reads: \(replicas[replica].id) serves \(applied) after \(floor) was visible")
            }
            tally.reads += 1
            oracle.sees(visible: applied)
        }
    }
}
