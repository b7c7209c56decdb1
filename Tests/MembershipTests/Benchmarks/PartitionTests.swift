import Membership
import Testing

/// Whatever happened, views agree once it is over.
@Suite("agreement after partitions")
struct PartitionTests {
    /// Random small clusters through a random schedule: partitions, cut links, crashes, restarts (some at another
    /// address), pauses, loss, duplication and reordering. Then all is healed, whoever crashed is restarted or stays
    /// away, and the views must come to agree within `patience` seconds. Returns how long it took, and whether anybody
    /// that ran was buried by anybody when it was healed; `nil` when the views did not come to agree.
    static func run(seed: UInt64, patience: Int64 = 180) throws -> (seconds: Double, buried: Bool)? {
        var random = RandomSource(seed: seed)
        let second = SimulatedCluster.second
        let count = 2 + random.index(below: 5)
        let cluster = try SimulatedCluster(members: count, seed: random.next(), drift: 1000)
        cluster.keeps = { _ in false }
        cluster.network.loss = random.index(below: 4) * 50_000
        cluster.network.duplication = 10_000
        cluster.network.reordering = 50_000
        cluster.run(seconds: 2)
        for step in 0..<(1 + random.index(below: 4)) {
            try disturb(cluster, step: step, using: &random)
            cluster.run(until: cluster.now + Int64(random.index(below: Int(12 * second))))
        }
        // Always a partition last, long enough for each side to bury the other in half of the schedules.
        cluster.network.partition((0..<count).map { _ in random.index(below: 2) })
        cluster.run(until: cluster.now + Int64(random.index(below: Int(20 * second))))
        cluster.network.heal()
        cluster.network.loss = 0
        for index in 0..<count {
            cluster.machines[index].slowness = 0
            cluster.resume(index)
        }
        let healed = cluster.now
        let running = cluster.running
        let buried = running.contains { observer in
            running.contains { cluster.memberships[observer].member(SimulatedCluster.id(of: $0))?.status == .dead }
        }
        while cluster.now < healed + patience * second {
            if cluster.agree() { return (Double(cluster.now - healed) / 1e9, buried) }
            cluster.run(until: cluster.now + second / 4)
        }
        return nil
    }

    private static func disturb(_ cluster: SimulatedCluster, step: Int, using random: inout RandomSource) throws {
        let count = cluster.memberships.count
        let index = random.index(below: count)
        switch random.index(below: 10) {
        case 0...3: cluster.network.partition((0..<count).map { _ in random.index(below: 2) })
        case 4: cluster.network.cut(from: index, to: random.index(below: count))
        case 5: cluster.network.heal()
        case 6: cluster.pause(index)
        case 7: cluster.machines[index].slowness = Int64(random.index(below: 400)) * 1_000_000
        case 8:
            if cluster.running.count > 1, cluster.machines[index].condition == .running { cluster.crash(index) }
        default:
            guard cluster.machines[index].condition == .crashed, let seed = cluster.running.first else { return }
            let port = random.chance(1, in: 2) ? 100 + step * count + index : nil
            try cluster.restart(index, port: port, through: [seed])
        }
    }

    @Test("all views agree after healing, in each of 10,000 random schedules")
    func agreement() throws {
        var times: [Bool: [Double]] = [:]
        for seed in UInt64(1)...10_000 {
            guard let outcome = try Self.run(seed: seed) else {
                Issue.record("seed \(seed): views differ 180 s after healing")
                continue
            }
            times[outcome.buried, default: []].append(outcome.seconds)
        }
        var table = ["agreement after healing, seconds"]
        table.append("somebody was buried  schedules      p50      p99      max")
        for buried in [false, true] {
            let distribution = Distribution(times[buried] ?? [])
            table.append(
                (buried ? "yes" : "no").aligned(19) + String(distribution.count).aligned(11)
                    + distribution.median.text(2) + distribution.p99.text(2) + distribution.maximum.text(2))
        }
        print(table.joined(separator: "\n"))
        #expect((times[true]?.count ?? 0) > 3000, "the schedules are worth their name")
        #expect(Distribution(times[true] ?? []).median < 10)
    }
}
