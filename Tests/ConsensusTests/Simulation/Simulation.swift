import Consensus

/// A whole group in one value: replicas, links, disks, clients and misfortune, from a plan. The same plan gives the
/// same run, event for event.
struct Simulation {
    let plan: Plan
    var random: SplitMix64
    var now: Int64 = 0
    var queue = EventQueue()
    var replicas: [SimulatedReplica] = []
    var oracle = Oracle()
    /// Bit `to` of `cut[from]`: nothing gets through.
    var cut: [UInt32] = []
    var network: Plan.Network
    var disk: ClosedRange<Int64>
    var apply: ClosedRange<Int64>
    var isHealed = false
    var nextOperation = 0
    var nextCommand: UInt64 = 1
    var nextRead: UInt64 = 1
    /// The floor of each read that was asked: what a client had seen by then. By read id.
    var readFloors: [LogIndex] = [.zero]
    /// Proposals that a client waits for, in the order of their making.
    var proposals: [(index: LogIndex, term: Term)] = []
    var finalProposal: (index: LogIndex, term: Term)?
    var steps = 0
    var tally = SimulationTally()
    var trace: [String]?

    init(_ plan: Plan, traces: Bool = false) {
        self.plan = plan
        random = SplitMix64(seed: plan.seed)
        network = plan.network
        disk = plan.disk
        apply = plan.apply
        trace = traces ? [] : nil
        let voters = (1...plan.voters).map { ReplicaID(UInt64($0)) }
        let learners = (0..<plan.learners).map { ReplicaID(UInt64(plan.voters + $0 + 1)) }
        let founding = Configuration(voters: voters, learners: learners)
        for _ in voters + learners { addReplica(founding) }
        for replica in replicas.indices { settle(replica) }
        queue.add(.operation, at: plan.operations.first?.gap ?? 0)
    }

    var moment: Duration { .microseconds(now) }

    /// Runs the plan's steps, then heals everything and waits until the group is whole again. Returns what went wrong.
    mutating func run() -> String? {
        while steps < plan.steps, oracle.violation == nil, step() {}
        tally.committedBeforeHealing = oracle.committed.count
        if oracle.violation == nil { heal() }
        let deadline = now + Int64(plan.settings.electionTimeout.components.attoseconds / 1_000_000_000_000) * 60
        let limit = steps + 50_000
        while oracle.violation == nil {
            let isIdle = !step()
            if isIdle || steps % 8 == 0, isWhole() { break }
            guard now < deadline, steps < limit, !isIdle || !queue.isEmpty else {
                oracle.fail("Liveness: not whole again within 60 election timeouts of healing")
                break
            }
        }
        tally.note(self)
        return oracle.violation
    }

    /// Lets the next event happen.
    mutating func step() -> Bool {
        guard let (time, event) = queue.next() else { return false }
        now = max(now, time)
        switch event {
        case .tick(let replica):
            guard replicas[replica].tickAt == time else { return true }
            replicas[replica].tickAt = .max
            guard replicas[replica].isUp else { return true }
            replicas[replica].group.tick(now: moment)
            settle(replica)
        case .deliver(let message): deliver(message)
        case .diskDone(let replica, let incarnation): diskDone(replica, incarnation)
        case .apply(let replica, let incarnation): applyNext(replica, incarnation)
        case .crash(let replica): crashVoter(replica)
        case .restart(let replica): restart(replica)
        case .snapshotArrives(let from, let to, let snapshot): snapshotArrives(snapshot, from: from, to: to)
        case .operation: operate()
        }
        steps += 1
        return true
    }

    var isTraced: Bool { trace != nil }

    mutating func record(_ text: String) { trace?.append("\(now) us: " + text) }

    mutating func addReplica(_ founding: Configuration) {
        let id = ReplicaID(UInt64(replicas.count + 1))
        let group = RaftGroup(
            id: id, settings: plan.settings, restored: .founding(founding), seed: random.next(), now: moment,
            mutations: plan.mutations)
        replicas.append(
            SimulatedReplica(id: id, group: group, disk: SimulatedDisk(configuration: founding)))
        cut.append(0)
    }
}
