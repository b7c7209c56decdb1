import Membership
import Testing

/// How long a crash goes unnoticed: by the first member, and by the last.
@Suite("detection of a crash")
struct DetectionTests {
    struct Measured {
        let name: String
        let members: Int
        let first: Distribution
        let last: Distribution
        let loadPerMember: Double

        var row: String {
            name.aligned(9) + "\(String(members).aligned(8)) \(String(first.count).aligned(7))"
                + first.median.text(2) + first.p99.text(2) + last.median.text(2) + last.p99.text(2)
                + loadPerMember.text(2, width: 12)
        }
    }

    /// Crashes one member after the other; in small clusters each comes back before the next goes. `load`: datagrams
    /// per member and second, before any crash.
    static func measure(
        _ name: String = "ours", members: Int, crashes: Int, spacing: Int64, seed: UInt64,
        parameters: Parameters = .lan
    ) throws -> Measured {
        let second = SimulatedCluster.second
        let cluster = try SimulatedCluster(members: members, seed: seed, parameters: parameters)
        cluster.keeps = { if case .dead = $0 { true } else { false } }
        cluster.run(seconds: 20)
        let load = Double(cluster.traffic.datagrams) / Double(members) / 20
        var crashedAt: [Int64?] = Array(repeating: nil, count: members)
        var first: [Double] = []
        var last: [Double] = []
        for round in 0..<crashes {
            let start = cluster.now
            cluster.run(until: start + Int64(cluster.random.index(below: Int(second))))
            // Neighbours in the round robin are of no importance: it is shuffled.
            let victim = round % members
            cluster.crash(victim)
            crashedAt[victim] = cluster.now
            cluster.run(until: start + spacing * second)
            guard members <= 50 else { continue }
            collect(victim, crashedAt[victim] ?? 0, in: cluster, &first, &last, seed: seed)
            cluster.reports.removeAll()
            try cluster.restart(victim, through: [(victim + 1) % members, (victim + 2) % members])
            cluster.run(seconds: 10)
        }
        if members > 50 {
            cluster.run(seconds: 30)
            for (victim, at) in crashedAt.enumerated() {
                if let at { collect(victim, at, in: cluster, &first, &last, seed: seed) }
            }
        }
        return Measured(
            name: name, members: members, first: Distribution(first), last: Distribution(last), loadPerMember: load)
    }

    private static func collect(
        _ victim: Int, _ at: Int64, in cluster: SimulatedCluster, _ first: inout [Double], _ last: inout [Double],
        seed: UInt64
    ) {
        let reports = cluster.reports.filter { $0.event == .dead(SimulatedCluster.id(of: victim)) && $0.time >= at }
        let observers = Set(reports.map(\.observer))
        #expect(cluster.running.allSatisfy(observers.contains), "seed \(seed): \(victim) is not dead for everyone")
        let running = Set(cluster.running)
        let times = reports.filter { running.contains($0.observer) }.map { Double($0.time - at) / 1e9 }
        first.append(times.min() ?? .infinity)
        last.append(times.max() ?? .infinity)
    }

    @Test("a crash is noticed by the first and the last member in half of the reference's time, at its load")
    func detection() throws {
        let reference = try Self.measure(
            "reference", members: 5, crashes: 200, spacing: 40, seed: 1, parameters: .reference)
        let table = [
            try Self.measure(members: 5, crashes: 400, spacing: 20, seed: 1),
            try Self.measure(members: 50, crashes: 200, spacing: 20, seed: 2),
            try Self.measure(members: 500, crashes: 120, spacing: 2, seed: 3),
            try Self.measure(members: 1000, crashes: 120, spacing: 2, seed: 4),
        ]
        let heading = [
            "detection of a crash, seconds; load in datagrams per member and second while nothing happens",
            "settings  members crashes   first p50      p99 last p50      p99        load",
        ]
        print((heading + ([reference] + table).map(\.row)).joined(separator: "\n"))

        #expect((5...6.4).contains(reference.first.median), "the simulation gives what was measured: 5.7 s")
        #expect(table[0].first.median < 5.7 / 2)
        #expect(table.allSatisfy { $0.loadPerMember < 1.02 * reference.loadPerMember })
        for (measured, bounds) in zip(table, [(2.8, 2.8), (4.0, 4.0), (5.0, 5.4), (5.6, 6.2)]) {
            #expect(measured.first.median < bounds.0, "\(measured.members) members")
            #expect(measured.last.median < bounds.1, "\(measured.members) members")
            #expect(measured.last.p99 < 14, "\(measured.members) members")
        }
    }
}

extension Parameters {
    /// The reference's LAN settings, as far as they can be set here.
    static var reference: Parameters {
        var parameters = Parameters()
        parameters.probeTimeout = .milliseconds(500)
        parameters.probeDeadline = .seconds(1)
        parameters.relayTimeout = .milliseconds(400)
        parameters.suspicionTimeout = .seconds(4)
        parameters.secondOpinions = 0
        return parameters
    }
}
