import Consensus

extension Simulation {
    /// The plan's next operation.
    mutating func operate() {
        guard !isHealed, nextOperation < plan.operations.count else { return }
        let operation = plan.operations[nextOperation]
        nextOperation += 1
        perform(operation.kind, draw: operation.draw)
        guard nextOperation < plan.operations.count else { return }
        queue.add(.operation, at: now + plan.operations[nextOperation].gap)
    }

    private mutating func perform(_ kind: Plan.Kind, draw: UInt64) {
        var choice = SplitMix64(seed: draw)
        switch kind {
        case .propose: propose(&choice)
        case .read: read(&choice)
        case .change: change(&choice)
        case .transfer: transfer(&choice)
        case .compact: compact(choice.below(replicas.count))
        case .campaign: campaign(choice.below(replicas.count))
        case .crash: crashOne(&choice)
        case .powerLoss: if choice.below(3) == 0 { losePower(&choice) }
        case .partition: partition(&choice)
        case .cutLink: cutLink(&choice)
        case .heal: for replica in cut.indices { cut[replica] = 0 }
        case .misdirect: misdirect(&choice)
        }
    }

    /// One of those who believe that they lead.
    private func someLeader(_ choice: inout SplitMix64) -> Int? {
        let leaders = replicas.indices.filter { replicas[$0].isUp && replicas[$0].group.isLeader }
        return leaders.isEmpty ? nil : choice.pick(leaders)
    }

    private mutating func propose(_ choice: inout SplitMix64) {
        guard let leader = someLeader(&choice) else { return }
        for _ in 0..<(1 + choice.below(6)) { propose(at: leader) }
        settle(leader)
    }

    @discardableResult
    private mutating func propose(at leader: Int) -> (index: LogIndex, term: Term)? {
        let number = nextCommand
        nextCommand += 1
        let command = (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        guard let index = try? replicas[leader].group.propose(command, now: moment) else { return nil }
        let proposal = (index, replicas[leader].group.term)
        if isTraced { record("\(replicas[leader].id) accepts command \(number) as \(proposal.1)/\(index)") }
        proposals.append(proposal)
        return proposal
    }

    private mutating func read(_ choice: inout SplitMix64) {
        guard let leader = someLeader(&choice) else { return }
        for _ in 0..<(1 + choice.below(3)) {
            let id = ReadID(nextRead)
            nextRead += 1
            readFloors.append(oracle.visible)
            try? replicas[leader].group.read(id, now: moment)
        }
        settle(leader)
    }

    private mutating func transfer(_ choice: inout SplitMix64) {
        guard let leader = someLeader(&choice) else { return }
        let successor = choice.pick(replicas[leader].group.configuration.voters)
        if isTraced { record("\(replicas[leader].id) hands over to \(successor)") }
        try? replicas[leader].group.transferLeadership(to: successor, now: moment)
        settle(leader)
    }

    private mutating func campaign(_ replica: Int) {
        guard replicas[replica].isUp else { return }
        replicas[replica].group.campaign(now: moment)
        settle(replica)
    }

    private mutating func compact(_ replica: Int) {
        guard replicas[replica].isUp, replicas[replica].group.applied == replicas[replica].applied else { return }
        let through = replicas[replica].applied
        replicas[replica].disk.durableApplied = through
        let configuration = replicas[replica].group.configuration
        guard through <= replicas[replica].disk.last else { return }
        replicas[replica].disk.compact(through: through, configuration: configuration)
        replicas[replica].group.compact(through: through)
        settle(replica)
    }

    private mutating func partition(_ choice: inout SplitMix64) {
        let side = UInt32(truncatingIfNeeded: choice.next())
        if isTraced { record("partition \(String(side & ((1 << UInt32(replicas.count)) - 1), radix: 2))") }
        for replica in cut.indices {
            cut[replica] = side & (1 << UInt32(replica)) == 0 ? side : ~side
        }
    }

    private mutating func cutLink(_ choice: inout SplitMix64) {
        let from = choice.below(replicas.count)
        cut[from] |= 1 << UInt32(choice.below(replicas.count))
    }

    /// A message for another replica, or from nobody, reaches a replica.
    private mutating func misdirect(_ choice: inout SplitMix64) {
        let victim = choice.below(replicas.count)
        guard replicas[victim].isUp else { return }
        let group = replicas[victim].group
        let isStranger = choice.below(2) == 0
        let from = isStranger ? ReplicaID(99) : replicas[choice.below(replicas.count)].id
        let to = isStranger ? group.id : ReplicaID(98)
        let body: Message.Body
        var term = group.term
        switch choice.below(4) {
        case 0: body = .appendAccepted(through: group.log.last)
        case 1: body = .vote(granted: true, commit: .zero)
        case 2: body = .heartbeatAnswer(round: 1_000_000)
        default:
            body = .preVote(granted: true, commit: .zero)
            term = group.term.next
        }
        if isTraced { record("\(to) <- \(from) \(body), reaching \(group.id)") }
        replicas[victim].group.receive(Message(from: from, to: to, term: term, body: body), now: moment)
        settle(victim)
    }

    // MARK: Healing

    /// Ends all misfortune.
    mutating func heal() {
        isHealed = true
        for replica in cut.indices { cut[replica] = 0 }
        network = Plan.Network(delay: 100...500, stragglers: 0, loss: 0, repeats: 0)
        disk = 10...100
        apply = 10...100
        for replica in replicas.indices where !replicas[replica].isUp { restart(replica) }
    }

    /// Whether one replica leads, everyone in its configuration has applied the same, and new commands get through.
    mutating func isWhole() -> Bool {
        var found: Int?
        for replica in replicas.indices where replicas[replica].group.isLeader {
            if let known = found, replicas[known].group.term > replicas[replica].group.term { continue }
            found = replica
        }
        guard let leader = found else { return false }
        guard let proposal = finalProposal, proposal.term == replicas[leader].group.term else {
            finalProposal = propose(at: leader)
            settle(leader)
            return false
        }
        let commit = replicas[leader].group.commit
        let configuration = replicas[leader].group.configuration
        guard proposal.index <= commit, commit == replicas[leader].group.log.last, !configuration.isJoint else {
            return false
        }
        return configuration.replicas.allSatisfy {
            let member = replicas[Int($0.rawValue) - 1]
            return member.applied == commit && member.group.applied == commit
                && member.group.configuration == configuration
        }
    }
}
