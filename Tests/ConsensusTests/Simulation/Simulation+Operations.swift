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
        case .rivals: rivals(&choice)
        case .isolateLeader: isolateLeader(&choice)
        case .splitHalves: splitHalves()
        }
    }

    /// One of those who believe that they lead.
    func someLeader(_ choice: inout SplitMix64) -> Int? {
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

    mutating func campaign(_ replica: Int) {
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
