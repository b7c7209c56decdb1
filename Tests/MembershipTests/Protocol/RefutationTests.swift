import Membership
import Testing

@Suite("refutation")
struct RefutationTests {
    @Test("a member that hears that it is suspect, dead or gone says that it is alive, under a new incarnation")
    func refutes() throws {
        let lies: [Rumor] = [
            .suspect(Scene.id(0), try Incarnation(4), by: [Scene.id(2)]), .dead(Scene.id(0), try Incarnation(4)),
            .left(Scene.id(0), try Incarnation(4)),
        ]
        for lie in lies {
            var scene = try Scene(others: 3)
            let effects = try scene.hear(from: 1, [lie])
            #expect(scene.membership.own.incarnation == (try Incarnation(5)))
            let first = try #require(effects.datagrams.first)
            #expect(first.address == (try Scene.address(1)), "whoever is wrong hears it at once")
            #expect(first.datagram.rumors.contains(.alive(try Scene.record(0, incarnation: 5))))
            #expect(scene.membership.healthScore == 1, "being suspected is a sign of bad health")
        }
    }

    @Test("an accusation of an older incarnation needs no new one, but is answered")
    func olderAccusation() throws {
        var scene = try Scene(others: 3)
        _ = try scene.hear(from: 1, [.suspect(Scene.id(0), .first, by: [Scene.id(2)])])
        let effects = try scene.hear(from: 2, [.suspect(Scene.id(0), .first, by: [Scene.id(2)])])
        #expect(scene.membership.own.incarnation == (try Incarnation(1)))
        #expect(effects.datagrams.first?.address == (try Scene.address(2)))
        #expect(effects.rumors.contains(.alive(try Scene.record(0, incarnation: 1))))
    }

    @Test("a ping that carries a suspicion is answered together with the refutation")
    func buddy() throws {
        var scene = try Scene(others: 3)
        let ping = Message.ping(ProbeSequence(rawValue: 5), target: Scene.id(0), digest: scene.membership.digest)
        let effects = try scene.hear(ping, from: 1, [.suspect(Scene.id(0), .first, by: [Scene.id(1)])])
        let answer = try #require(effects.datagrams.first)
        guard case .ack(ProbeSequence(rawValue: 5), _, _) = answer.datagram.message else {
            Issue.record("not an ack: \(answer.datagram.message)")
            return
        }
        #expect(answer.datagram.rumors.first == .alive(try Scene.record(0, incarnation: 1)))
    }

    @Test("a member that restarted and finds a later life of its own in the cluster outbids it")
    func forgottenIncarnation() throws {
        var scene = try Scene(others: 2)
        let past = try Scene.record(0, incarnation: 7, host: "elsewhere")
        #expect(try scene.hear(from: 1, [.alive(past)]).events == [.contested(past)])
        #expect(scene.membership.own == (try Scene.record(0, incarnation: 8)))
    }

    @Test("two processes under one identity outbid each other once a gossip interval, not without end")
    func stolenIdentity() throws {
        var scene = try Scene(others: 2)
        for _ in 0..<100 {
            scene.now += .milliseconds(20)
            let other = try Scene.record(0, incarnation: scene.membership.own.incarnation.rawValue + 1, host: "thief")
            _ = try scene.hear(from: 1, [.alive(other)])
        }
        #expect((9...11).contains(scene.membership.counters.refutations))
    }

    @Test("its own words coming back change nothing")
    func ownWords() throws {
        var scene = try Scene(others: 2)
        #expect(try scene.hear(from: 1, [.alive(Scene.record(0))]).isEmpty)
        #expect(scene.membership.own.incarnation == .first)
    }

    @Test("anything from a member held for dead is answered with its bad name")
    func toldToTheDead() throws {
        var scene = try Scene(others: 3)
        _ = try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: [Scene.id(2)]), .dead(Scene.id(1), .first)])
        #expect(scene.status(1) == .dead)
        _ = scene.pass(.seconds(60))
        let ping = Message.ping(ProbeSequence(rawValue: 3), target: Scene.id(0), digest: scene.membership.digest)
        let effects = try scene.hear(ping, from: 1)
        #expect(effects.rumors.first == .dead(Scene.id(1), .first))
    }
}
