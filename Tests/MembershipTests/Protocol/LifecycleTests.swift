import Membership
import Testing

@Suite("joining, leaving, coming back")
struct LifecycleTests {
    static let second = SimulatedCluster.second

    /// `count` members of which only the first is founded; the others join through it.
    private func joined(_ count: Int, seed: UInt64) throws -> SimulatedCluster {
        let cluster = try SimulatedCluster(members: count, seed: seed, acquainted: false)
        for index in 1..<count {
            try cluster.tell(index) { try $0.join(through: [SimulatedCluster.address(1)], now: $1) }
        }
        return cluster
    }

    @Test("everybody who joins through one seed is known to all within five seconds")
    func join() throws {
        for count in [2, 5, 40] {
            let cluster = try joined(count, seed: UInt64(count))
            cluster.run(seconds: 5)
            #expect(cluster.agree(), "seed \(count)")
            #expect(cluster.reports.count { $0.event == .joined } == count - 1)
        }
    }

    @Test("a newcomer to a large cluster tells nobody what all know already")
    func newcomerIsQuiet() throws {
        let cluster = try SimulatedCluster(members: 200, seed: 8)
        cluster.crash(0)
        cluster.run(seconds: 40)
        try cluster.restart(0, through: [5])
        cluster.run(seconds: 1)
        #expect(cluster.memberships[0].liveCount == 200)
        #expect(cluster.memberships[0].pendingRumors < 5)
        cluster.run(seconds: 5)
        #expect(cluster.agree())
    }

    @Test("a seed that does not answer is asked again, ever less often, until one does")
    func joinRetries() throws {
        var scene = try Scene(others: 0)
        var effects = try scene.membership.join(through: [Scene.address(8), Scene.address(9)], now: .zero)
        effects += scene.pass(.seconds(300))
        let attempts = effects.pushPulls.count { $0.address == (try? Scene.address(8)) }
        #expect((10...25).contains(attempts))
        let state = try PushPull(
            sender: Scene.record(8), registryVersion: 0, content: .state([], wantsAnswer: false))
        #expect(scene.membership.receive(state, now: scene.now).events.contains(.joined))
        #expect(scene.status(8) == .alive)
    }

    @Test("whoever leaves is gone for all, is told so itself, and is suspected by nobody")
    func leave() throws {
        let cluster = try SimulatedCluster(members: 12, seed: 3)
        cluster.network.loss = 100_000
        cluster.run(seconds: 5)
        cluster.tell(4) { $0.leave(now: $1) }
        cluster.run(seconds: 8)
        let id = SimulatedCluster.id(of: 4)
        #expect(cluster.reports.contains { $0.observer == 4 && $0.event == .departed })
        #expect(cluster.reports.count { $0.event == .left(id) } == 11)
        #expect(!cluster.reports.contains { $0.event == .dead(id) })
        for index in cluster.memberships.indices where index != 4 {
            #expect(cluster.memberships[index].member(id)?.status == .left)
        }
    }

    @Test("whoever left may join again in the same process")
    func rejoinAfterLeaving() throws {
        let cluster = try SimulatedCluster(members: 5, seed: 4)
        cluster.tell(4) { $0.leave(now: $1) }
        cluster.run(seconds: 10)
        try cluster.tell(4) { try $0.join(through: [SimulatedCluster.address(1)], now: $1) }
        cluster.run(seconds: 5)
        #expect(cluster.agree())
    }

    @Test("a member that died comes back under the same identity, though it has forgotten its incarnation")
    func rejoinAfterDeath() throws {
        let cluster = try SimulatedCluster(members: 6, seed: 5)
        cluster.crash(2)
        cluster.run(seconds: 15)
        let id = SimulatedCluster.id(of: 2)
        #expect(cluster.memberships[0].member(id)?.status == .dead)
        try cluster.restart(2, through: [0, 1])
        cluster.run(seconds: 5)
        #expect(cluster.agree())
        #expect(cluster.reports.contains { $0.observer == 5 && $0.event == .alive(cluster.memberships[2].own) })
    }

    @Test("a member that restarts at another address before anybody noticed is found there by all")
    func addressChange() throws {
        let cluster = try SimulatedCluster(members: 6, seed: 6)
        cluster.run(seconds: 3)
        cluster.crash(2)
        try cluster.restart(2, port: 500, through: [0])
        cluster.run(seconds: 5)
        #expect(cluster.agree())
        let address = try SimulatedCluster.address(500)
        for index in cluster.memberships.indices {
            let record = cluster.memberships[index].member(SimulatedCluster.id(of: 2))?.record
            #expect(record?.address == address)
        }
        #expect(!cluster.reports.contains { $0.event == .dead(SimulatedCluster.id(of: 2)) })
    }

    @Test("application bytes reach all, as an update")
    func applicationBytes() throws {
        let cluster = try SimulatedCluster(members: 8, seed: 7)
        try cluster.tell(3) { (membership, now) in try membership.update(application: [1, 2, 3], now: now) }
        cluster.run(seconds: 3)
        let record = cluster.memberships[3].own
        #expect(record.application == [1, 2, 3])
        #expect(cluster.reports.count { $0.event == .updated(record) } == 7)
    }

    @Test("whoever is expelled is forgotten and refused")
    func expel() throws {
        var scene = try Scene(others: 3)
        #expect(scene.membership.expel(Scene.id(2), now: .zero).events == [.forgotten(Scene.id(2))])
        #expect(try scene.hear(from: 1, [.alive(Scene.record(2, incarnation: 9))]).isEmpty)
        let ping = Message.ping(ProbeSequence(rawValue: 1), target: Scene.id(0), digest: scene.membership.digest)
        #expect(try scene.hear(ping, from: 2).isEmpty)
        #expect(scene.status(2) == nil)
    }

    @Test("the dead are forgotten after a day")
    func forgetting() throws {
        var scene = try Scene(others: 2)
        _ = try scene.hear(from: 2, [.left(Scene.id(1), .first)])
        _ = scene.pass(.seconds(24 * 3600 - 60))
        #expect(scene.status(1) == .left)
        #expect(scene.pass(.seconds(120)).events.contains(.forgotten(Scene.id(1))))
    }

    @Test("bad input is refused with its reason and changes nothing")
    func refusals() throws {
        #expect(throws: MembershipError.hostLength(0)) { try PeerAddress(host: "", port: 1) }
        #expect(throws: MembershipError.hostLength(254)) {
            try PeerAddress(host: String(repeating: "x", count: 254), port: 1)
        }
        #expect(throws: MembershipError.applicationLength(65)) {
            try Scene.record(1, application: Array(repeating: 0, count: 65))
        }
        #expect(throws: MembershipError.incarnationOutOfRange(.max)) { try Incarnation(.max) }
        #expect(throws: MembershipError.suspecterCount(0)) {
            try Datagram(
                source: Scene.id(1), registryVersion: 0, message: .gossip,
                rumors: [.suspect(Scene.id(2), .first, by: [])])
        }
        let many = Array(repeating: Rumor.dead(Scene.id(1), .first), count: 60)
        #expect(throws: MembershipError.self) {
            try Datagram(source: Scene.id(1), registryVersion: 0, message: .gossip, rumors: many)
        }
        var scene = try Scene(others: 1)
        #expect(throws: MembershipError.seedCount(0)) { try scene.membership.join(through: [], now: .zero) }
        #expect(throws: MembershipError.applicationLength(100)) {
            try scene.membership.update(application: Array(repeating: 0, count: 100), now: .zero)
        }
        #expect(scene.membership.own == (try Scene.record(0)))
        _ = scene.membership.leave(now: .zero)
        #expect(throws: MembershipError.departed) { try scene.membership.update(application: [1], now: .zero) }
    }
}
