import Membership
import Testing

/// What a member sends, and how news spreads, by the size of the cluster.
@Suite("load and convergence")
struct LoadTests {
    @Test("a member's load does not grow with the cluster")
    func load() throws {
        var table = ["load per member and second, and with one crash every ten seconds"]
        table.append("members datagrams    bytes  bytes over links   datagrams    bytes  with crashes")
        var datagrams: [Double] = []
        var bytes: [Double] = []
        for (count, seconds) in [(50, 600), (200, 300), (500, 200), (1000, 200)] as [(Int, Int64)] {
            let cluster = try SimulatedCluster(members: count, seed: UInt64(count))
            cluster.keeps = { _ in false }
            cluster.run(seconds: seconds)
            let share = Double(count) * Double(seconds)
            let quiet = cluster.traffic
            datagrams.append(Double(quiet.datagrams) / share)
            bytes.append(Double(quiet.datagramBytes + quiet.pushPullBytes) / share)
            cluster.traffic = Traffic()
            for victim in 0..<3 {
                cluster.crash(victim)
                cluster.run(seconds: 10)
            }
            let busy = cluster.traffic
            table.append(
                String(count).aligned(7) + (Double(quiet.datagrams) / share).text(2)
                    + (Double(quiet.datagramBytes) / share).text(1)
                    + (Double(quiet.pushPullBytes) / share).text(1, width: 18)
                    + (Double(busy.datagrams) / Double(count) / 30).text(2, width: 12)
                    + (Double(busy.datagramBytes) / Double(count) / 30).text(1))
            #expect(busy.largest <= Limits.plainBytes)
            #expect(Double(busy.datagrams) / Double(count) / 30 < 10)
        }
        print(table.joined(separator: "\n"))
        #expect(datagrams.allSatisfy { (1.9...2.1).contains($0) }, "one ping and one answer a second")
        #expect((bytes.max() ?? .infinity) < 1.25 * (bytes.min() ?? 0), "flat from 50 to 1000 members")
    }

    /// Seconds until the last of `members` knows what one of them changed.
    private func convergence(members: Int, loss: Int, seed: UInt64) throws -> [Double] {
        let cluster = try SimulatedCluster(members: members, seed: seed)
        cluster.network.loss = loss * 10_000
        cluster.keeps = { if case .updated = $0 { true } else { false } }
        cluster.run(seconds: 2)
        var times: [Double] = []
        for round in 0..<15 {
            let start = cluster.now
            let origin = cluster.random.index(below: members)
            try cluster.tell(origin) { (membership, now) in
                try membership.update(application: [UInt8(round)], now: now)
            }
            let record = cluster.memberships[origin].own
            let heard = cluster.reports.count
            cluster.run(until: start + 90 * SimulatedCluster.second) {
                cluster.reports.count >= heard + members - 1
            }
            let informed = cluster.reports[heard...].count { $0.event == .updated(record) }
            #expect(informed == members - 1, "seed \(seed)")
            times.append(Double(cluster.now - start) / 1e9)
            cluster.run(seconds: 3)
        }
        return times
    }

    @Test("an update reaches everyone within a number of gossip intervals that grows with log n")
    func updates() throws {
        var table = ["convergence of an update to all members, in gossip intervals of 0.2 s"]
        table.append("members  loss      p50      max  p50/log2(n)")
        for count in [5, 50, 200, 1000] {
            for loss in [0, 10] {
                let times = Distribution(
                    try convergence(members: count, loss: loss, seed: UInt64(count + loss)).map { $0 / 0.2 })
                var doublings = 0.0
                while 1 << Int(doublings) < count { doublings += 1 }
                table.append(
                    String(count).aligned(7) + "\(loss)%".aligned(6) + times.median.text(2) + times.maximum.text(2)
                        + (times.median / doublings).text(2, width: 13))
                #expect(times.median < 2 * doublings)
            }
        }
        print(table.joined(separator: "\n"))
    }
}
