import Checks
import Coordinator
import HashRing

/// A run from a seed: volunteers and an operator at work on one node that crashes now and then; what must always be true
/// is checked throughout, and once more when all of it has come to rest.
package struct Scenario {
    package var volunteers = 6
    package var users = 400
    package var steps = 3000
    /// A crash about once in so many steps; 0: none.
    package var crashOneIn = 400
    package var shards = 4
    /// One write in so many is slow.
    package var slowWriteOneIn = 200
    /// Agreeing observations that make a verdict.
    package var redundancy = 1
    /// How often five seconds are waited for what is left to come to an end.
    package var settleRounds = 60

    package init() {}

    /// What a run came to.
    package struct Result {
        package var violations: [String]
        package var entries: Int
        package var grants: Int
        package var crashes: Int
        package var unfinished: Int
        package var reports: Int
    }

    /// Runs it from `seed`. `store` keeps the shards.
    package func run(seed: UInt64, store: any SimulatedShardStore) throws -> Result {
        let auditor = Auditor()
        let token = SecretHash.simulated(0)
        let node = try SimulatedNode(seed: seed, shardCount: shards, store: store, operators: [("root", token)])
        node.pace.slowWriteOneIn = slowWriteOneIn
        node.onApply = { auditor.take($0, $1, $2) }
        try node.runUntilReady()
        let caller = Caller.operator(name: "root", token)
        try shrinkBuckets(on: node, caller)
        let boss = Operator(caller: caller, limit: users, auditor: auditor)
        let workers = (1...volunteers).map { number in
            Volunteer(
                id: ClientID(rawValue: UInt64(number)), secret: .simulated(UInt8(number)), auditor: auditor)
        }
        node.add(boss)
        for worker in workers { node.add(worker, after: .milliseconds(node.random.next() % 500)) }
        let clients = workers.map(\.id)
        for count in 0..<steps {
            try node.step()
            if crashOneIn > 0, node.coordinator != nil, node.random.oneIn(crashOneIn) { node.crash() }
            if count % 50 == 0 { try node.auditClients(clients, auditor) }
            if !auditor.violations.isEmpty { break }
        }
        return try settle(node, boss, workers, auditor)
    }

    /// Small buckets and short leases, so that everything happens within a few thousand steps.
    private func shrinkBuckets(on node: SimulatedNode, _ caller: Caller) throws {
        let change = ServiceChange(
            schema: nil,
            settings: [
                .init(name: .bucketSize, value: 8), .init(name: .leaseSeconds, value: 5),
                .init(name: .graceSeconds, value: 2), .init(name: .maxLeaseSeconds, value: 20),
                .init(name: .epochSeconds, value: 3), .init(name: .coolDownSeconds, value: 4),
                .init(name: .maxAttempts, value: 50), .init(name: .redundancy, value: redundancy),
            ])
        _ = try node.answer(to: .putService(caller, .dmcheck, change))
        var settings = ClusterSettings()
        settings.malfunction.enabled = false
        _ = try node.answer(to: .putSettings(caller, settings))
    }

    /// No more crashes, no more new work: everything that is left must come to an end (I6).
    private func settle(
        _ node: SimulatedNode, _ boss: Operator, _ workers: [Volunteer], _ auditor: Auditor
    ) throws -> Result {
        boss.isResting = true
        for worker in workers { worker.isSteady = true }
        var rounds = 0
        while auditor.violations.isEmpty, rounds < settleRounds {
            try node.run(for: .seconds(5))
            rounds += 1
            if node.coordinator != nil, try node.unfinished(.dmcheck) == 0 { break }
        }
        try node.run(for: .seconds(10))
        let unfinished = try node.unfinished(.dmcheck)
        if auditor.violations.isEmpty {
            if unfinished > 0 { auditor.report("I6: \(unfinished) tasks are neither done nor failed") }
            try boss.audit(node)
            try node.auditClients(workers.map(\.id), auditor)
            try audit(workers, boss, node, auditor)
            try node.auditReplay(auditor)
        }
        return Result(
            violations: auditor.violations, entries: auditor.entries, grants: auditor.grants, crashes: node.crashes,
            unfinished: unfinished, reports: workers.reduce(0) { $0 + $1.acknowledged.count })
    }

    /// I2 and I7: every acknowledged result is still behind a verdict of its user, unless the user was deleted.
    private func audit(_ workers: [Volunteer], _ boss: Operator, _ node: SimulatedNode, _ auditor: Auditor) throws {
        for worker in workers {
            for result in worker.acknowledged where !boss.everDeleted.contains(result.name) {
                let verdicts = try node.user(result.name)?.verdicts ?? []
                if !verdicts.contains(where: { $0.leases.contains(result.lease) && $0.verdict == result.verdict }) {
                    auditor.report("I2: \(result.name) under \(result.lease) was acknowledged and is not there")
                }
            }
        }
    }
}

extension SecretHash {
    /// A secret's hash for simulated callers.
    package static func simulated(_ byte: UInt8) -> SecretHash {
        guard let hash = SecretHash([UInt8](repeating: byte, count: 32)) else {
            preconditionFailure("32 bytes make a hash")
        }
        return hash
    }
}
