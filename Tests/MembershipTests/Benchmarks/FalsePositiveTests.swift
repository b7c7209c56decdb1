import Membership
import Testing

/// How often a healthy member is declared dead.
@Suite("false positives")
struct FalsePositiveTests {
    struct Measured {
        let settings: String
        let loss: Int
        let pausing: Bool
        let memberDays: Double
        /// Healthy members declared dead, each time counted once however many heard of it.
        let falseDeaths: Int
        /// Pausing members declared dead: right or wrong, since they did not answer.
        let pausedDeaths: Int
        let suspicions: Int
        let load: Double

        var row: String {
            settings.aligned(14) + "\(loss)%".aligned(5) + (pausing ? "     10%" : "       -")
                + (Double(falseDeaths) / memberDays).text(3, width: 15) + Double(pausedDeaths).text(0, width: 14)
                + (Double(suspicions) / memberDays).text(1, width: 14) + load.text(2, width: 8)
        }
    }

    /// A simulated day of 20 members with clocks that drift. When `pausing`, one in ten stands still at random: every
    /// half minute on average, for up to five seconds.
    static func measure(
        _ settings: String = "ours", loss: Int, pausing: Bool, hours: Int64, parameters: Parameters = .lan
    ) throws -> Measured {
        let second = SimulatedCluster.second
        let members = 20
        let cluster = try SimulatedCluster(
            members: members, seed: UInt64(100 + loss), drift: 200, parameters: parameters)
        cluster.network.loss = loss * 10_000
        cluster.network.reordering = 10_000
        cluster.network.duplication = 1_000
        let sick = pausing ? members / 10 : 0
        cluster.keeps = { if case .dead = $0 { true } else { false } }
        for index in 0..<sick { pauseAtRandom(index, in: cluster) }
        cluster.run(until: hours * 3600 * second)

        var latest: [MemberID: Int64] = [:]
        var falseDeaths = 0
        var pausedDeaths = 0
        for report in cluster.reports {
            guard case .dead(let id) = report.event else { continue }
            defer { latest[id] = report.time }
            if let before = latest[id], report.time - before < 10 * second { continue }
            if SimulatedCluster.index(of: id) < sick { pausedDeaths += 1 } else { falseDeaths += 1 }
        }
        let memberDays = Double(members) * Double(hours) / 24
        return Measured(
            settings: settings, loss: loss, pausing: pausing, memberDays: memberDays, falseDeaths: falseDeaths,
            pausedDeaths: pausedDeaths,
            suspicions: cluster.memberships.reduce(0) { $0 + $1.counters.failedProbes },
            load: Double(cluster.traffic.datagrams) / Double(members) / Double(hours * 3600))
    }

    private static func pauseAtRandom(_ index: Int, in cluster: SimulatedCluster) {
        let second = SimulatedCluster.second
        let begin = cluster.now + Int64(cluster.random.index(below: Int(60 * second)))
        cluster.at(begin) { cluster in
            cluster.pause(index)
            let end = cluster.now + Int64(cluster.random.index(below: Int(5 * second)))
            cluster.at(end) { cluster in
                cluster.resume(index)
                pauseAtRandom(index, in: cluster)
            }
        }
    }

    @Test("no healthy member is declared dead in a day of up to 10 % loss, even beside members that pause")
    func falsePositives() throws {
        var table = ["false positives, 20 members, a day or a quarter of one"]
        table.append("      settings loss pausing   per member-day  pausing dead  failed probes    load")
        for (loss, pausing) in [(0, false), (5, false), (10, false), (0, true), (10, true)] {
            let measured = try Self.measure(loss: loss, pausing: pausing, hours: 24)
            table.append(measured.row)
            #expect(measured.falseDeaths == 0, "seed \(100 + loss)")
        }
        let lossy = try Self.measure(loss: 20, pausing: false, hours: 6)
        table.append(lossy.row)
        #expect(lossy.falseDeaths <= 1)

        let reference = try Self.measure("reference", loss: 10, pausing: false, hours: 6, parameters: .reference)
        table.append(reference.row)
        print(table.joined(separator: "\n"))
        let ours = try Self.measure(loss: 10, pausing: false, hours: 6)
        #expect(ours.load < 1.05 * reference.load, "second opinions cost next to nothing")
    }
}
