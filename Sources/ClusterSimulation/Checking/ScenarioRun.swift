import Checks
import Coordinator
import HashRing

/// One run of a scenario: everybody who takes part in it.
final class ScenarioRun {
    let scenario: Scenario
    let findings = Findings()
    let auditor: Auditor
    let cluster: SimulatedCluster
    let boss: Operator
    let reader: Reader
    let nodeOperator: NodeOperator
    let adversary: Adversary
    let flood: Flood
    let workers: [Volunteer]
    private let caller: Caller

    init(_ scenario: Scenario, seed: UInt64) throws {
        self.scenario = scenario
        let token = SecretHash.simulated(0)
        caller = .operator(name: "root", token)
        var design = ClusterDesign()
        design.shardCount = scenario.shards
        design.operators = [("root", token)]
        auditor = Auditor(findings)
        cluster = try SimulatedCluster(
            seed: seed, design: design, store: MachineShards(faults: scenario.faults), findings: findings,
            faults: scenario.faults)
        cluster.pace = scenario.pace
        if scenario.passesBytes { cluster.passage = { try PeerMessage(encoded: $0.encoded()) } }
        boss = Operator(caller: caller, limit: scenario.users, findings: findings)
        nodeOperator = NodeOperator(
            caller: caller, tasks: Array(repeating: .add, count: scenario.nodes - 1), findings: findings)
        let hall = Hall()
        flood = Flood(hall: hall, findings: findings)
        adversary = Adversary(scenario.habits, hall: hall, nodeOperator: nodeOperator)
        workers = (1...scenario.volunteers).map { [findings] number in
            Volunteer(
                id: ClientID(rawValue: UInt64(number)), secret: .simulated(UInt8(number)), hall: hall,
                unregisterOneIn: scenario.unregisterOneIn, findings: findings)
        }
        reader = Reader(caller: caller, boss: boss, findings: findings)
        auditor.watch(cluster)
        scenario.trace?.follow(cluster)
    }

    // MARK: Before

    /// The cluster grows to its size, and its service is given small buckets and short leases, so that everything happens
    /// within a minute.
    func prepare() throws {
        try awaitReadiness()
        cluster.add(nodeOperator)
        let isWhole = try cluster.run(within: .seconds(120)) { nodeOperator.isDone || !findings.isEmpty }
        if !isWhole { report("the cluster did not grow to \(scenario.nodes) nodes") }
        let change = ServiceChange(
            schema: nil,
            settings: [
                .init(name: .bucketSize, value: 8), .init(name: .leaseSeconds, value: 5),
                .init(name: .graceSeconds, value: 2), .init(name: .maxLeaseSeconds, value: 20),
                .init(name: .epochSeconds, value: 3), .init(name: .coolDownSeconds, value: 4),
                .init(name: .maxAttempts, value: 50), .init(name: .redundancy, value: scenario.redundancy),
            ])
        _ = try cluster.answer(to: .putService(caller, .dmcheck, change))
        var settings = ClusterSettings()
        settings.malfunction.enabled = false
        settings.replaceAfterSeconds = 60
        _ = try cluster.answer(to: .putSettings(caller, settings))
    }

    // MARK: Meanwhile

    func work() throws {
        nodeOperator.tasks = scenario.changes
        cluster.add(boss)
        cluster.add(reader)
        for worker in workers { cluster.add(worker, after: cluster.draw(0...500)) }
        cluster.add(adversary)
        if scenario.habits.flood > 0 { cluster.add(flood) }
        let clients = workers.map(\.id)
        let end = cluster.time + scenario.length
        while cluster.time < end, findings.isEmpty {
            guard try cluster.step() else { break }
            guard cluster.steps.isMultiple(of: 500) else { continue }
            try cluster.auditClients(clients, auditor)
            cluster.auditPlacement()
        }
    }

    // MARK: After

    /// No more trouble, no more new work: the cluster serves again, and everything that is left comes to an end (I6).
    func settle() throws {
        guard findings.isEmpty else { return }
        try adversary.heal(cluster)
        cluster.pace.slowMessage = Pace().slowMessage
        cluster.pace.slowMessageOneIn = Pace().slowMessageOneIn
        boss.isResting = true
        reader.isResting = true
        for worker in workers { worker.isSteady = true }
        try awaitReadiness()
        try awaitBalance()
        let isOver = try cluster.run(within: scenario.settling) {
            try !findings.isEmpty || cluster.time.components.attoseconds == 0 && cluster.unfinished(.dmcheck) == 0
        }
        guard findings.isEmpty else { return }
        try cluster.run(for: .seconds(10))
        if !isOver { report("I6: \(try cluster.unfinished(.dmcheck)) tasks are neither done nor failed") }
        // The last leases may have to expire, and what ends on a slow disk is heard of late.
        let clients = workers.map(\.id)
        _ = try cluster.run(within: .seconds(60)) {
            try cluster.time.components.attoseconds == 0 && cluster.haveHeard(of: clients, auditor)
        }
        try boss.audit(cluster)
        try cluster.auditClients(clients, auditor, isSettled: true)
        try auditResults()
        try auditHistories()
        try cluster.auditReplicas(auditor)
    }

    /// With everybody there and the network whole, every node serves within a bound.
    private func awaitReadiness() throws {
        let end = cluster.time + scenario.recovery
        for node in cluster.endpoints where !node.isAway && !node.isDamaged {
            var obstacles = ["it does not answer"]
            while findings.isEmpty, !obstacles.isEmpty, cluster.hasMember(node) {
                guard cluster.time < end else {
                    report("\(node.identity.name) does not serve after \(scenario.recovery): \(obstacles)")
                    break
                }
                if case .success(.readiness(let found)) = try cluster.answer(to: .readiness, at: node) {
                    obstacles = found
                }
                if !obstacles.isEmpty { try cluster.run(for: .milliseconds(100)) }
            }
        }
    }

    /// Every shard has a leader and is where the ring wants it, as each of the nodes says.
    private func awaitBalance() throws {
        let isDone = try cluster.run(within: scenario.settling) {
            !findings.isEmpty || nodeOperator.isDone && !cluster.endpoints.contains(where: \.isDamaged)
        }
        if !isDone { report("changes of the cluster do not come to an end: \(nodeOperator.step)") }
        for node in cluster.endpoints {
            var view: ClusterView?
            let end = cluster.time + scenario.recovery * 2
            while findings.isEmpty, view?.isSettled != true, cluster.hasMember(node) {
                guard cluster.time < end else {
                    report("by \(node.identity.name) the cluster is not balanced: \(view?.summary ?? "no answer")")
                    break
                }
                if case .success(.cluster(let found)) = try cluster.answer(
                    to: .cluster(caller, digest: false), at: node)
                {
                    view = found
                }
                if view?.isSettled != true { try cluster.run(for: .milliseconds(500)) }
            }
        }
    }

    /// I2 and I7: every acknowledged result is still behind a verdict of its user, unless the user was deleted.
    private func auditResults() throws {
        for worker in workers {
            for result in worker.acknowledged where !boss.everDeleted.contains(result.name) {
                let verdicts = try cluster.user(result.name)?.verdicts ?? []
                if !verdicts.contains(where: { $0.leases.contains(result.lease) && $0.verdict == result.verdict }) {
                    // What was there once, before another run.
                    let invariant = verdicts.isEmpty ? "I2" : "I7"
                    report("\(invariant): \(result.name) under \(result.lease) was acknowledged and is not there")
                }
            }
        }
    }

    /// I7: a user has one verdict now, and each one before ended when the next began.
    private func auditHistories() throws {
        for name in boss.present.sorted() {
            let verdicts = try cluster.user(name)?.verdicts.filter { !$0.conditional } ?? []
            let current = verdicts.count { $0.validTo == nil }
            if current > 1 { report("I7: \(name) has \(current) verdicts at once") }
            for (earlier, later) in zip(verdicts, verdicts.dropFirst()) where earlier.validTo != later.validFrom {
                report("I7: \(name) was given a verdict at \(later.validFrom), and the one before did not end then")
            }
        }
    }

    private func report(_ finding: String) { findings.report(finding) }

    func result() throws -> Scenario.Result {
        Scenario.Result(
            violations: findings.list, tally: cluster.tally, entries: auditor.entries, grants: auditor.grants,
            reports: workers.reduce(0) { $0 + $1.acknowledged.count }, unfinished: try cluster.unfinished(.dmcheck),
            steps: cluster.steps, time: cluster.time)
    }
}

extension ClusterView {
    /// What keeps it from being settled, in a line or two.
    fileprivate var summary: String {
        let members = members.map { "\($0.name) \($0.state) \($0.health) \($0.shards)/\($0.leaders)" }
        let moves = shards.filter { $0.move != nil || $0.leader == nil }.map {
            "\($0.id): leader \($0.leader.map(\.description) ?? "none"), move \(String(describing: $0.move))"
        }
        return "healthy \(healthy), balanced \(balanced), under-replicated \(underReplicated); \(members); \(moves)"
    }
}
