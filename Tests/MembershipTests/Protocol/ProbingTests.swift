import Membership
import Testing

@Suite("probing")
struct ProbingTests {
    @Test("each member is probed once in every round of n periods")
    func roundRobin() throws {
        var scene = try Scene(others: 6)
        var targets: [MemberID] = []
        while targets.count < 18, let effect = scene.passUntil({ $0.ping != nil }), let ping = effect.ping {
            targets.append(ping.target)
            _ = try scene.hear(
                .ack(ping.sequence, member: ping.target, digest: scene.membership.digest),
                from: Int(ping.target.rawValue) - 1)
        }
        for round in 0..<3 { #expect(Set(targets[(6 * round)..<(6 * round + 6)]).count == 6) }
        #expect(Array(targets[0..<6]) != Array(targets[6..<12]), "rounds are shuffled")
    }

    @Test("a member that does not answer is asked for through three others, then suspected")
    func indirectProbe() throws {
        var scene = try Scene(others: 6)
        let ping = try #require(scene.passUntil { $0.ping != nil }?.ping)
        let asked = scene.pass(.milliseconds(250))
        let relays = asked.datagrams.filter { if case .pingRequest = $0.datagram.message { true } else { false } }
        #expect(relays.count == 3)
        #expect(Set(relays.map(\.address)).count == 3)
        let target = try #require(scene.membership.member(ping.target))
        #expect(!relays.map(\.address).contains(target.record.address))
        #expect(scene.membership.member(ping.target)?.status == .alive)
        #expect(scene.pass(.milliseconds(350)).events == [.suspected(ping.target)])
    }

    @Test("an answer through a relay, or a late one, saves the target")
    func indirectAnswer() throws {
        var scene = try Scene(others: 3)
        let ping = try #require(scene.passUntil { $0.ping != nil }?.ping)
        _ = scene.pass(.milliseconds(300))
        let relay = (1...3).first { Scene.id($0) != ping.target } ?? 1
        _ = try scene.hear(
            .ack(ping.sequence, member: ping.target, digest: scene.membership.digest), from: relay)
        let later = scene.pass(.milliseconds(400))
        #expect(!later.events.contains(.suspected(ping.target)))
    }

    @Test("an answer about another member, or to an older probe, does not count")
    func foreignAnswer() throws {
        var scene = try Scene(others: 3)
        let ping = try #require(scene.passUntil { $0.ping != nil }?.ping)
        let other = (1...3).first { Scene.id($0) != ping.target } ?? 1
        let digest = scene.membership.digest
        _ = try scene.hear(.ack(ping.sequence, member: Scene.id(other), digest: digest), from: other)
        _ = try scene.hear(.ack(ProbeSequence(rawValue: 9999), member: ping.target, digest: digest), from: other)
        #expect(scene.pass(.milliseconds(700)).events.contains(.suspected(ping.target)))
    }

    @Test("a ping meant for whoever had this address before is not answered")
    func pingForAnother() throws {
        var scene = try Scene(others: 2)
        let digest = scene.membership.digest
        let wrong = try scene.hear(.ping(ProbeSequence(rawValue: 1), target: Scene.id(9), digest: digest), from: 1)
        #expect(wrong.isEmpty)
        let right = try scene.hear(.ping(ProbeSequence(rawValue: 2), target: Scene.id(0), digest: digest), from: 1)
        #expect(right.messages == [.ack(ProbeSequence(rawValue: 2), member: Scene.id(0), digest: digest)])
        #expect(right.datagrams.first?.address == (try Scene.address(1)))
    }

    @Test("a relay hands the answer on, or says that it heard nothing before the asker gives up")
    func relaying() throws {
        var scene = try Scene(others: 3)
        let request = Message.pingRequest(
            ProbeSequence(rawValue: 77), target: Scene.id(2), address: try Scene.address(2))
        let ping = try #require(try scene.hear(request, from: 1).compactMap(\.ping).first)
        #expect(ping.target == Scene.id(2))
        let digest = scene.membership.digest
        let answer = try scene.hear(.ack(ping.sequence, member: Scene.id(2), digest: digest), from: 2)
        #expect(answer.messages == [.ack(ProbeSequence(rawValue: 77), member: Scene.id(2), digest: digest)])
        #expect(answer.datagrams.first?.address == (try Scene.address(1)))

        _ = try scene.hear(request, from: 1)
        let silence = scene.pass(Parameters.lan.relayTimeout)
        #expect(silence.messages.contains(.nack(ProbeSequence(rawValue: 77))))
        #expect(Parameters.lan.relayTimeout < Parameters.lan.probeDeadline - Parameters.lan.probeTimeout)
    }

    @Test("no more than the limit of pings are relayed at once")
    func relayLimit() throws {
        var scene = try Scene(others: 3)
        var relayed = 0
        for number in 0..<(Limits.relayedPings + 5) {
            let request = Message.pingRequest(
                ProbeSequence(rawValue: UInt32(number)), target: Scene.id(2), address: try Scene.address(2))
            relayed += try scene.hear(request, from: 1).compactMap(\.ping).count
        }
        #expect(relayed == Limits.relayedPings)
    }

    @Test("a hint from elsewhere starts a probe at once")
    func verify() throws {
        var scene = try Scene(others: 4)
        #expect(scene.membership.verify(Scene.id(3), now: scene.now).compactMap(\.ping).map(\.target) == [Scene.id(3)])
        #expect(scene.membership.verify(Scene.id(3), now: scene.now).isEmpty, "one probe of a member is enough")
        #expect(scene.membership.verify(Scene.id(99), now: scene.now).isEmpty)
    }
}
