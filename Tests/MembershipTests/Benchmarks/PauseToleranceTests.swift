import Membership
import Testing

/// What fast detection costs: a member that stands still for a while is taken for dead sooner.
@Suite("the price of fast detection")
struct PauseToleranceTests {
    /// Of 20 members one pauses, `trials` times; the share of pauses in which anybody took it for dead.
    private func share(seconds: Int64, parameters: Parameters, trials: Int = 60) throws -> Double {
        let cluster = try SimulatedCluster(members: 20, seed: UInt64(seconds), parameters: parameters)
        cluster.keeps = { if case .dead = $0 { true } else { false } }
        cluster.run(seconds: 5)
        var buried = 0
        for trial in 0..<trials {
            cluster.reports.removeAll()
            let victim = trial % 20
            cluster.run(until: cluster.now + Int64(cluster.random.index(below: Int(SimulatedCluster.second))))
            cluster.pause(victim)
            cluster.run(seconds: seconds)
            cluster.resume(victim)
            cluster.run(seconds: 20)
            #expect(cluster.agree(), "after a pause of \(seconds) s the views agree again")
            #expect(!cluster.reports.contains { $0.event != .dead(SimulatedCluster.id(of: victim)) })
            if !cluster.reports.isEmpty { buried += 1 }
        }
        return Double(buried) / Double(trials)
    }

    @Test("pauses below two seconds are borne; the reference bears five, and takes that much longer to notice a crash")
    func pauses() throws {
        var table = ["share of pauses taken for death, 20 members", "pause, s     ours  reference"]
        for seconds in [1, 2, 3, 4, 5, 7, 10] as [Int64] {
            let ours = try share(seconds: seconds, parameters: .lan)
            let reference = try share(seconds: seconds, parameters: .reference)
            table.append(String(seconds).aligned(8) + ours.text(2) + reference.text(2, width: 11))
            if seconds <= 2 { #expect(ours < 0.15) }
            if seconds >= 7 { #expect(ours > 0.9) }
        }
        print(table.joined(separator: "\n"))
    }
}
