import Membership
import Testing

/// How long a crash goes unnoticed: by the first member, and by the last.
@Suite("detection of a crash")
struct DetectionTests {
    struct Measured {
        let members: Int
        let first: Distribution
        let last: Distribution
        let loadPerMember: Double

        var row: String {
            "\(String(members).aligned(7)) \(String(first.count).aligned(7))"
                + first.median.text(2) + first.p99.text(2) + last.median.text(2) + last.p99.text(2)
                + loadPerMember.text(2, width: 12)
        }
    }

    /// Crashes one member after the other, each long after the one before has been noticed by all; every crashed one
    /// comes back. `loadPerMember`: datagrams per member and second, before any crash.
    static func measure(members: Int, crashes: Int, spacing: Int64, seed: UInt64) throws -> Measured {
        let cluster = try SimulatedCluster(members: members, seed: seed)
        cluster.keeps = { if case .dead = $0 { true } else { false } }
        cluster.run(seconds: 20)
        let load = Double(cluster.traffic.datagrams) / Double(members) / 20
        var crashedAt: [(victim: Int, at: Int64)] = []
        for round in 0..<crashes {
            let start = cluster.now
            let at = start + Int64(cluster.random.index(below: Int(SimulatedCluster.second)))
            let victim = (round * 7 + cluster.random.index(below: 7)) % members
            cluster.run(until: at)
            guard cluster.members[victim].condition == .running else { continue }
            cluster.crash(victim)
            crashedAt.append((victim, at))
            cluster.run(until: start + spacing * SimulatedCluster.second)
            if members <= 50 {
                try cluster.restart(victim, through: [(victim + 1) % members, (victim + 2) % members])
                cluster.run(seconds: 30)
            }
        }
        cluster.run(seconds: 30)
        var first: [Double] = []
        var last: [Double] = []
        for (victim, at) in crashedAt {
            let times = cluster.reports.filter {
                $0.event == .dead(SimulatedCluster.id(of: victim)) && $0.time >= at
                    && $0.time < at + 30 * SimulatedCluster.second
            }.map { Double($0.time - at) / 1e9 }
            let witnesses = Set(
                cluster.reports.filter {
                    $0.event == .dead(SimulatedCluster.id(of: victim)) && $0.time >= at
                        && $0.time < at + 30 * SimulatedCluster.second
                }.map(\.observer))
            let expected = cluster.running.filter { $0 != victim }
            #expect(expected.allSatisfy(witnesses.contains), "seed \(seed): \(victim) is not dead for everyone")
            first.append(times.min() ?? .infinity)
            last.append(times.max() ?? .infinity)
        }
        return Measured(members: members, first: Distribution(first), last: Distribution(last), loadPerMember: load)
    }

    @Test("a crash is noticed by the first and the last member in time, at the reference's load")
    func detection() throws {
        let table = [
            try Self.measure(members: 5, crashes: 400, spacing: 12, seed: 1),
            try Self.measure(members: 50, crashes: 200, spacing: 14, seed: 2),
            try Self.measure(members: 500, crashes: 120, spacing: 2, seed: 3),
            try Self.measure(members: 1000, crashes: 120, spacing: 2, seed: 4),
        ]
        print("detection of a crash, seconds; load in datagrams per member and second")
        print("members crashes  first p50  first p99  last p50  last p99    load")
        for measured in table { print(measured.row) }
    }
}
