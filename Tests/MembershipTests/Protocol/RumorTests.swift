import Membership
import Testing

@Suite("dissemination")
struct RumorTests {
    @Test("under one incarnation left beats dead beats suspect beats alive; a greater one beats all")
    func precedence() throws {
        let one = try Incarnation(1)
        let by = [Scene.id(3)]
        func rumor(_ status: MemberStatus, _ incarnation: Incarnation) throws -> Rumor {
            switch status {
            case .alive: .alive(try Scene.record(1, incarnation: incarnation.rawValue))
            case .suspect: .suspect(Scene.id(1), incarnation, by: by)
            case .dead: .dead(Scene.id(1), incarnation)
            case .left: .left(Scene.id(1), incarnation)
            }
        }
        for before in MemberStatus.allCases {
            for after in MemberStatus.allCases {
                var scene = try Scene(others: 3)
                if before == .dead { _ = try scene.hear(from: 2, [rumor(.suspect, .first)]) }
                _ = try scene.hear(from: 2, [rumor(before, .first)])
                #expect(scene.status(1) == before)
                _ = try scene.hear(from: 2, [rumor(after, .first)])
                let expected = max(before.rawValue, after.rawValue)
                // A death heard of an unsuspected member is a last call.
                let lastCall = before == .alive && after == .dead
                #expect(
                    scene.status(1) == (lastCall ? .suspect : MemberStatus(rawValue: expected)), "\(before) \(after)")
                _ = try scene.hear(from: 2, [rumor(.alive, one)])
                #expect(scene.status(1) == .alive, "\(before) \(after), then a greater incarnation")
            }
        }
    }

    @Test("only an alive introduces a member")
    func unknown() throws {
        var scene = try Scene(others: 2)
        let about = Scene.id(9)
        let rumors: [Rumor] = [.suspect(about, .first, by: [Scene.id(1)]), .dead(about, .first), .left(about, .first)]
        #expect(try scene.hear(from: 1, rumors).isEmpty)
        #expect(scene.status(9) == nil)
        #expect(try scene.hear(from: 1, [.alive(Scene.record(9))]).events == [.alive(Scene.record(9))])
    }

    @Test("a rumor is sent lambda times the number of digits of n, then no more")
    func retransmitLimit() throws {
        for (others, times) in [(4, 4), (20, 8), (150, 12)] {
            var parameters = Parameters.lan
            parameters.protocolPeriod = .seconds(1000)
            var scene = try Scene(others: others, parameters: parameters)
            let news = Rumor.alive(try Scene.record(1, incarnation: 3))
            let effects = try scene.hear(from: 2, [news]) + scene.pass(.seconds(10))
            #expect(effects.rumors.count { $0 == news } == times)
            #expect(scene.membership.pendingRumors == 0)
        }
    }

    @Test("nobody is told news about itself")
    func notAboutItself() throws {
        var parameters = Parameters.lan
        parameters.protocolPeriod = .seconds(1000)
        var scene = try Scene(others: 4, parameters: parameters)
        let effects = try scene.hear(from: 2, [.alive(Scene.record(1, incarnation: 3))]) + scene.pass(.seconds(5))
        #expect(!effects.rumors.isEmpty)
        let address = try Scene.address(1)
        for (datagram, receiver) in effects.datagrams where receiver == address {
            #expect(!datagram.rumors.contains { $0.subject == Scene.id(1) })
        }
    }

    @Test("no datagram is above its bound, however long the names, and all news gets out")
    func datagramBound() throws {
        var scene = try Scene(others: 40)
        let long = String(repeating: "x", count: Limits.hostBytes)
        let application = [UInt8](repeating: 7, count: Limits.applicationBytes)
        var effects: [Membership.Effect] = []
        for number in 1...40 {
            let record = try Scene.record(number, incarnation: 2, host: long, application: application)
            effects += try scene.hear(from: number % 7 + 1, [.alive(record)])
        }
        effects += scene.pass(.seconds(20))
        #expect(effects.datagrams.allSatisfy { $0.datagram.encodedSize <= Limits.plainBytes })
        #expect(effects.datagrams.contains { $0.datagram.rumors.count >= 3 }, "three of the longest fit")
        #expect(Set(effects.rumors.map(\.subject)).count >= 40)
    }

    @Test("gossip goes to a few, and to the recently dead so that they may refute")
    func gossipToTheDead() throws {
        var scene = try Scene(others: 3)
        _ = try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: [Scene.id(2)]), .dead(Scene.id(1), .first)])
        let address = try Scene.address(1)
        var effects = try scene.hear(from: 2, [.alive(Scene.record(3, incarnation: 1))])
        effects += scene.pass(.seconds(2))
        let toDead = effects.datagrams.filter { $0.address == address && $0.datagram.message == .gossip }
        #expect(!toDead.isEmpty)
        #expect(toDead.allSatisfy { $0.datagram.rumors.first == .dead(Scene.id(1), .first) })

        _ = scene.pass(Parameters.lan.gossipToTheDead)
        effects = try scene.hear(from: 2, [.alive(Scene.record(3, incarnation: 5))]) + scene.pass(.seconds(2))
        #expect(!effects.datagrams.contains { $0.address == address && $0.datagram.message == .gossip })
    }

    @Test("the newest registry version is reported once, with who holds it")
    func registryVersion() throws {
        var scene = try Scene(others: 3)
        func hear(_ version: UInt64, from number: Int) throws -> [Membership.Event] {
            let datagram = try Datagram(
                source: Scene.id(number), registryVersion: version, message: .gossip, rumors: [])
            return scene.membership.receive(datagram, from: try Scene.address(number), now: scene.now).events
        }
        #expect(try hear(4, from: 1) == [.registryVersion(4, at: Scene.id(1))])
        #expect(try hear(4, from: 2).isEmpty)
        #expect(try hear(3, from: 3).isEmpty)
        #expect(scene.membership.member(Scene.id(2))?.registryVersion == 4)
        scene.membership.registryVersion = 6
        #expect(try hear(5, from: 1).isEmpty)
    }
}
