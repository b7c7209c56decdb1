import Membership
import Testing

@Suite("suspicion")
struct SuspicionTests {
    /// How long member 1 of `members` stays suspect in A's view after these members suspected it.
    private func time(members: Int, suspecters: [Int]) throws -> Duration {
        var parameters = Parameters.lan
        parameters.secondOpinions = 0
        parameters.protocolPeriod = .seconds(1000)
        var scene = try Scene(others: members - 1, parameters: parameters)
        _ = try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: suspecters.map(Scene.id))])
        let start = scene.now
        _ = scene.passUntil { $0 == .event(.dead(Scene.id(1))) }
        return scene.now - start
    }

    @Test("each independent confirmation shortens a suspicion, from six times the shortest to the shortest")
    func dogpile() throws {
        #expect(try time(members: 6, suspecters: [2]) == .milliseconds(7200))
        let one = try time(members: 6, suspecters: [2, 3])
        #expect(one > .milliseconds(3400) && one < .milliseconds(3450))
        #expect(try time(members: 6, suspecters: [2, 3, 4]) == .milliseconds(1200))
    }

    @Test("the shortest suspicion grows with the logarithm of the cluster")
    func grows() throws {
        let large = try time(members: 1000, suspecters: [2, 3, 4])
        #expect(large > .milliseconds(3599) && large < .milliseconds(3601))
    }

    @Test("small clusters wait only for confirmations that can come")
    func smallClusters() throws {
        #expect(try time(members: 3, suspecters: [2]) == .milliseconds(7200))
        #expect(try time(members: 3, suspecters: [2, 0]) == .milliseconds(1200))
        #expect(try time(members: 2, suspecters: [2]) == .milliseconds(3600))
    }

    @Test("the same suspecter counts once")
    func repeated() throws {
        #expect(try time(members: 6, suspecters: [2, 2, 2]) == .milliseconds(7200))
    }

    @Test("an alive of a greater incarnation ends a suspicion, one of the same does not")
    func refuted() throws {
        var scene = try Scene(others: 4)
        _ = try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: [Scene.id(2)])])
        #expect(try scene.hear(from: 1, [.alive(Scene.record(1))]).events.isEmpty)
        #expect(scene.status(1) == .suspect)
        #expect(try scene.hear(from: 1, [.alive(Scene.record(1, incarnation: 1))]).events == [.refuted(Scene.id(1))])
        #expect(scene.status(1) == .alive)
        #expect(try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: [Scene.id(3)])]).events.isEmpty)
        #expect(scene.status(1) == .alive, "a suspicion of an older incarnation is over")
    }

    @Test("whoever hears of a suspicion in a small cluster asks the suspect itself")
    func secondOpinion() throws {
        var scene = try Scene(others: 4)
        let effects = try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: [Scene.id(2)])])
        let ping = try #require(effects.datagrams.first { $0.address == (try? Scene.address(1)) })
        #expect(ping.datagram.rumors.first == .suspect(Scene.id(1), .first, by: [Scene.id(2)]), "the buddy's word")
    }

    @Test("in a large cluster about six ask for a second opinion")
    func secondOpinionByLot() throws {
        var asked = 0
        for seed in UInt64(1)...400 {
            var scene = try Scene(others: 99, seed: seed)
            let effects = try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: [Scene.id(2)])])
            asked += effects.compactMap(\.ping).count { $0.target == Scene.id(1) }
        }
        // Of 98 each with 6/98: 6 expected, and 400 draws of one member give 24.5 with a deviation of 5.
        #expect((5...50).contains(asked))
    }

    @Test("a death heard of without a suspicion is a last call, not a burial")
    func lastCall() throws {
        var scene = try Scene(others: 4)
        #expect(try scene.hear(from: 2, [.dead(Scene.id(1), .first)]).events == [.suspected(Scene.id(1))])
        let start = scene.now
        #expect(scene.passUntil { $0 == .event(.dead(Scene.id(1))) } != nil)
        #expect(scene.now - start == .milliseconds(1200))
    }

    @Test("a death heard of during a suspicion is believed")
    func confirmedDeath() throws {
        var scene = try Scene(others: 4)
        _ = try scene.hear(from: 2, [.suspect(Scene.id(1), .first, by: [Scene.id(2)])])
        #expect(try scene.hear(from: 3, [.dead(Scene.id(1), .first)]).events == [.dead(Scene.id(1))])
    }
}
