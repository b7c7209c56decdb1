import Checks
import Consensus
import HashRing

extension NodeState {
    /// Lets consensus work: proposes what has gathered, asks for reads, and turns what consensus wants into effects.
    mutating func flush(using random: inout some RandomNumberGenerator) {
        while !touched.isEmpty {
            var positions: [Int] = []
            swap(&positions, &touched)
            for position in positions {
                groups[position].isTouched = false
                watchStanding(of: position)
                guard groups[position].raft != nil else { continue }
                proposeGathered(at: position, using: &random)
                askGathered(at: position)
                carryReady(of: position)
                serveReads(at: position)
                watchStanding(of: position)
                setTimer(of: position)
            }
        }
    }

    private mutating func proposeGathered(at position: Int, using random: inout some RandomNumberGenerator) {
        guard !groups[position].unproposed.isEmpty, let status = groups[position].raft?.status,
            // While leadership is handed over nothing is proposed: it waits for who leads afterwards.
            status.transferee == nil
        else { return }
        var gathered: [HostedGroup.Proposal] = []
        swap(&gathered, &groups[position].unproposed)
        for proposal in gathered {
            guard let bytes = encode(proposal.body, using: &random) else {
                lose(proposal, .fault)
                continue
            }
            do throws(ProposalError) {
                guard let index = try groups[position].raft?.propose(bytes, now: now.monotonic) else {
                    throw ProposalError.notLeader(hint: nil)
                }
                groups[position].proposed.append(
                    HostedGroup.Awaited(index: index, term: status.term, ticket: proposal.ticket))
            } catch {
                switch error {
                case .notLeader, .transferring: sendOn(proposal, at: position)
                case .overloaded: lose(proposal, .overloaded)
                case .tooLarge: lose(proposal, .tooLarge)
                }
            }
        }
    }

    private func encode(
        _ body: HostedGroup.Proposal.Body, using random: inout some RandomNumberGenerator
    ) -> [UInt8]? {
        switch body {
        case .shard(let command):
            let draw = Draw(rawValue: UInt128(random.next() as UInt64) << 64 | UInt128(random.next() as UInt64))
            return CommandEnvelope(stamp: now.wall, draw: draw, command: command).encoded()
        case .registry(let command): return try? RegistryEntry(stamp: now.wall, command: command).encoded()
        }
    }

    private mutating func askGathered(at position: Int) {
        guard !groups[position].unread.isEmpty else { return }
        var gathered: [HostedGroup.Question] = []
        swap(&gathered, &groups[position].unread)
        let id = nextRead()
        if faults.contains(.readWithoutAsking) {
            let index = groups[position].handedOut
            return groups[position].reading.append(.init(id: id, index: index, questions: gathered))
        }
        do throws(ReadError) {
            try groups[position].raft?.read(id, now: now.monotonic)
            groups[position].reading.append(HostedGroup.Reading(id: id, index: nil, questions: gathered))
        } catch {
            for question in gathered {
                if error == .overloaded { lose(question, .overloaded) } else { sendOn(question, at: position) }
            }
        }
    }

    /// Does everything that consensus wants done for a group.
    mutating func carryReady(of position: Int) {
        while let ready = groups[position].raft?.takeReady() { carry(ready, of: position) }
    }

    private mutating func carry(_ ready: Ready, of position: Int) {
        let key = groups[position].key
        if let persist = ready.persist, let replica = groups[position].raft?.id {
            var write = GroupWrite(
                group: key, hardState: persist.hardState, truncateFrom: persist.truncateFrom, entries: persist.entries)
            if let snapshot = persist.snapshot { install(snapshot, persist.id, into: &write, at: position) }
            effects.append(.persist(persists.issue(.log(key, replica, persist.id)), write))
        }
        post(ready.messages, of: key)
        for request in ready.snapshots { wantSnapshot(request, at: position) }
        if let last = ready.committed.last {
            groups[position].handedOut = last.index
            settleProposals(with: ready.committed, at: position)
            switch key {
            case .registry: applyRegistry(ready.committed)
            case .shard(let shard): effects.append(.apply(shard, ready.committed.map(CommittedEntry.init)))
            }
        }
        for read in ready.reads where !takeConfirmation(read, at: position) {
            guard let waiting = groups[position].reading.firstIndex(where: { $0.id == read.id }) else { continue }
            if let index = read.index {
                groups[position].reading[waiting].index = index
            } else {
                for question in groups[position].reading.remove(at: waiting).questions {
                    sendOn(question, at: position)
                }
            }
        }
    }

    /// What stands at an index now is final: a proposal of another term that waited for it will never be.
    private mutating func settleProposals(with committed: [Entry], at position: Int) {
        for entry in committed {
            while let first = groups[position].proposed.first, first.index <= entry.index {
                groups[position].proposed.removeFirst()
                if first.index == entry.index, first.term == entry.term {
                    groups[position].applying.append(first)
                } else {
                    lose(first, of: groups[position].key, Loss(reason: .noLeader, outcome: .notApplied))
                }
            }
        }
    }

    private mutating func serveReads(at position: Int) {
        guard !groups[position].reading.isEmpty else { return }
        let handedOut = groups[position].handedOut
        var waiting: [HostedGroup.Reading] = []
        var served: [HostedGroup.Question] = []
        for reading in groups[position].reading {
            if let index = reading.index, index <= handedOut {
                served += reading.questions
            } else {
                waiting.append(reading)
            }
        }
        groups[position].reading = waiting
        for question in served {
            switch (question.body, groups[position].key) {
            case (.shard(let query), .shard(let shard)):
                put(query, to: shard, ticket: question.ticket)
            default:
                events.append((question.ticket.conversation, .registry(question.ticket.step, .success(.current))))
            }
        }
    }

    /// Has the shard's own store answer, after everything that was handed to it before.
    mutating func put(_ query: Query, to shard: ShardID, ticket: Ticket) {
        let id = nextQuery()
        queries[id] = AskedQuery(ticket: ticket, shard: shard)
        effects.append(.query(id, shard, query))
    }

    /// One timer a group, set only when it would come too late: a follower's deadline moves with every heartbeat, and the
    /// timer that comes early finds nothing to do and is set anew.
    private mutating func setTimer(of position: Int) {
        guard let raft = groups[position].raft, var due = raft.nextDeadline else { return }
        // Leaders of one node speak in the same turn, so that their heartbeats share a message.
        if raft.isLeader { due = due.rounded(upTo: Limits.heartbeatGrid) }
        if let timer = groups[position].timer, timer <= due { return }
        groups[position].timer = due
        timers.add(.group(groups[position].key), due: due)
    }
}

extension Duration {
    /// The next multiple of `grid` at or after this.
    func rounded(upTo grid: Duration) -> Duration {
        let (own, step) = (nanoseconds, grid.nanoseconds)
        return .nanoseconds((own + step - 1) / step * step)
    }

    private var nanoseconds: Int64 { components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000 }
}

extension CommittedEntry {
    /// An entry as the applier takes it.
    fileprivate init(_ entry: Entry) {
        var command: [UInt8]?
        if case .command(let bytes) = entry.payload { command = bytes }
        self.init(index: entry.index, term: entry.term, command: command)
    }
}
