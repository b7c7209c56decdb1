import Membership
import Testing

@Suite("links and members that are not well")
struct AdversityTests {
    private func deaths(_ cluster: SimulatedCluster) -> Int {
        cluster.reports.count { if case .dead = $0.event { true } else { false } }
    }

    @Test("a link that works in one direction only kills nobody: relays go around it")
    func asymmetricLink() throws {
        let cluster = try SimulatedCluster(members: 6, seed: 21)
        cluster.network.cut(from: 0, to: 1)
        cluster.network.cut(from: 3, to: 4)
        cluster.run(seconds: 600)
        #expect(deaths(cluster) == 0)
        #expect(cluster.agree())
    }

    @Test("two members that cannot reach each other at all are kept alive by the others")
    func cutLink() throws {
        let cluster = try SimulatedCluster(members: 5, seed: 22)
        cluster.network.cut(from: 0, to: 1)
        cluster.network.cut(from: 1, to: 0)
        cluster.run(seconds: 600)
        #expect(deaths(cluster) == 0)
    }

    @Test("a member that hears nobody slows down, and talks nobody to death")
    func deafMember() throws {
        let cluster = try SimulatedCluster(members: 12, seed: 23)
        for index in 1..<12 { cluster.network.cut(from: index, to: 0) }
        cluster.run(seconds: 300)
        let healthy = Set((1..<12).map(SimulatedCluster.id))
        let victims = cluster.reports.filter { report in
            if case .dead(let id) = report.event { report.observer != 0 && healthy.contains(id) } else { false }
        }
        #expect(victims.isEmpty)
        #expect(cluster.memberships[0].healthScore == Parameters.healthCeiling - 1)
    }

    @Test("slow members are borne, and bear the others")
    func slowMembers() throws {
        let cluster = try SimulatedCluster(members: 12, seed: 24)
        for index in 0..<3 { cluster.machines[index].slowness = 150_000_000 }
        cluster.run(seconds: 600)
        #expect(deaths(cluster) == 0)
        #expect(cluster.agree())
    }

    @Test("clocks that run one percent fast or slow do no harm")
    func clockDrift() throws {
        let cluster = try SimulatedCluster(members: 12, seed: 25, drift: 10_000)
        cluster.network.loss = 50_000
        cluster.run(seconds: 3600)
        #expect(deaths(cluster) == 0)
    }

    @Test("a minority that was cut off for a minute is buried, and found again by itself")
    func longPartition() throws {
        let cluster = try SimulatedCluster(members: 30, seed: 26)
        cluster.network.partition((0..<30).map { $0 < 10 ? 1 : 0 })
        cluster.run(seconds: 60)
        for index in 0..<10 { #expect(cluster.memberships[index].liveCount == 10) }
        for index in 10..<30 { #expect(cluster.memberships[index].liveCount == 20) }
        cluster.network.heal()
        cluster.run(seconds: 30)
        #expect(cluster.agree())
    }

    @Test("a large lossy cluster buries nobody that answers")
    func largeLossyCluster() throws {
        let cluster = try SimulatedCluster(members: 400, seed: 27)
        cluster.network.loss = 100_000
        cluster.keeps = { if case .dead = $0 { true } else { false } }
        cluster.run(seconds: 60)
        #expect(cluster.reports.isEmpty)
        #expect(cluster.traffic.largest <= Limits.plainBytes)
    }
}
