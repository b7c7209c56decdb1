import Membership
import Testing

@Suite("a member's own health")
struct HealthTests {
    @Test("a member whose relays are silent as well mistrusts itself, and probes more slowly")
    func silentRelays() throws {
        var scene = try Scene(others: 6)
        _ = scene.passUntil { if case .event(.suspected) = $0 { true } else { false } }
        #expect(scene.membership.healthScore == 3, "three relays said nothing")
        let before = scene.membership.counters.probes
        _ = scene.pass(.seconds(20))
        #expect(scene.membership.healthScore > 3)
        #expect(scene.membership.counters.probes - before < 15, "a healthy one starts twenty and asks more")
    }

    @Test("relays that say that they heard nothing leave its health as it is")
    func nacks() throws {
        var scene = try Scene(others: 6)
        let ping = try #require(scene.passUntil { $0.ping != nil }?.ping)
        _ = scene.pass(.milliseconds(260))
        for relay in (1...6).filter({ Scene.id($0) != ping.target }).prefix(3) {
            _ = try scene.hear(.nack(ping.sequence), from: relay)
        }
        _ = scene.pass(.milliseconds(350))
        #expect(scene.status(Int(ping.target.rawValue) - 1) == .suspect)
        #expect(scene.membership.healthScore == 0)
    }

    @Test("answers bring its health back")
    func recovery() throws {
        var scene = try Scene(others: 3)
        _ = try scene.hear(from: 1, [.dead(Scene.id(0), .first)])
        #expect(scene.membership.healthScore == 1)
        let ping = try #require(scene.membership.verify(Scene.id(2), now: scene.now).compactMap(\.ping).first)
        _ = try scene.hear(.ack(ping.sequence, member: ping.target, digest: scene.membership.digest), from: 2)
        #expect(scene.membership.healthScore == 0)
    }

    @Test("time that a member did not live through is not held against others")
    func stall() throws {
        var scene = try Scene(others: 5)
        _ = try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: [Scene.id(2), Scene.id(3), Scene.id(4)])])
        scene.now += .seconds(30)
        #expect(!scene.membership.tick(now: scene.now).events.contains(.dead(Scene.id(1))))
        #expect(scene.membership.counters.stalls == 1)
        // The refutation was waiting in the socket.
        #expect(try scene.hear(from: 1, [.alive(Scene.record(1, incarnation: 1))]).events == [.refuted(Scene.id(1))])
    }

    @Test("an answer that is read after its time counts, if it was there before the time was looked at")
    func answerInHand() throws {
        var scene = try Scene(others: 5)
        let ping = try #require(scene.passUntil { $0.ping != nil }?.ping)
        _ = scene.pass(.milliseconds(599))
        scene.now += .milliseconds(50)
        let digest = scene.membership.digest
        let number = Int(ping.target.rawValue) - 1
        #expect(try scene.hear(.ack(ping.sequence, member: ping.target, digest: digest), from: number).events.isEmpty)
        #expect(scene.status(number) == .alive)
    }

    @Test("a clock that falls back is held")
    func fallingClock() throws {
        var scene = try Scene(others: 2)
        _ = scene.pass(.seconds(10))
        let deadline = scene.membership.nextDeadline
        #expect(scene.membership.tick(now: .zero).isEmpty)
        #expect(scene.membership.nextDeadline == deadline)
    }
}
