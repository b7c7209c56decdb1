import Membership
import Testing

@Suite("comparison of views")
struct AntiEntropyTests {
    @Test("views that agree exchange digests only")
    func agreement() throws {
        var scene = try Scene(others: 3)
        let offer = try PushPull(
            sender: Scene.record(1), registryVersion: 0, content: .offer(scene.membership.digest, joining: false))
        let effects = scene.membership.receive(offer, now: .zero)
        #expect(effects.pushPulls.map(\.message.content) == [.agreement])
        #expect(effects.pushPulls.first?.address == (try Scene.address(1)))
    }

    @Test("views that differ exchange everything, and each learns what the other knew")
    func difference() throws {
        var scene = try Scene(others: 3)
        let offer = try PushPull(
            sender: Scene.record(1), registryVersion: 0,
            content: .offer(ViewDigest(rawValue: 12345), joining: false))
        let answer = try #require(scene.membership.receive(offer, now: .zero).pushPulls.first?.message.content)
        guard case .state(let members, wantsAnswer: true) = answer else {
            Issue.record("not a state: \(answer)")
            return
        }
        #expect(members.map(\.record.id) == (0...3).map(Scene.id))
        let row = Member(record: try Scene.record(9), status: .alive, incarnation: .first, registryVersion: 3)
        let state = try PushPull(
            sender: Scene.record(1), registryVersion: 0, content: .state([row], wantsAnswer: false))
        let effects = scene.membership.receive(state, now: .zero)
        #expect(effects.events.contains(.alive(try Scene.record(9))))
        #expect(scene.membership.member(Scene.id(9))?.registryVersion == 3)
    }

    @Test("another view's dead are suspected, not buried; this member itself refutes")
    func mergedDead() throws {
        var scene = try Scene(others: 3)
        let rows = try [0, 2].map {
            Member(record: try Scene.record($0), status: .dead, incarnation: .first, registryVersion: 0)
        }
        let state = try PushPull(
            sender: Scene.record(1), registryVersion: 0, content: .state(rows, wantsAnswer: false))
        #expect(scene.membership.receive(state, now: .zero).events == [.suspected(Scene.id(2))])
        #expect(scene.membership.own.incarnation == (try Incarnation(1)))
    }

    @Test("a differing digest on a probe starts a comparison early, but not often")
    func earlyComparison() throws {
        var parameters = Parameters.lan
        parameters.pushPullInterval = .seconds(1000)
        var scene = try Scene(others: 4, parameters: parameters)
        var started: [Duration] = []
        for number in 1...60 {
            _ = scene.pass(.milliseconds(500))
            let ping = Message.ping(
                ProbeSequence(rawValue: UInt32(number)), target: Scene.id(0), digest: ViewDigest(rawValue: 1))
            if try !scene.hear(ping, from: 1).pushPulls.isEmpty { started.append(scene.now) }
        }
        #expect(started.count >= 2)
        #expect(zip(started, started.dropFirst()).allSatisfy { $1 - $0 >= Parameters.lan.pushPullFloor })
    }

    @Test("two contents under one incarnation are settled the same way in any order")
    func settled() throws {
        let left = try Scene.record(1, incarnation: 2, host: "a")
        let right = try Scene.record(1, incarnation: 2, host: "b")
        for order in [[left, right], [right, left]] {
            var scene = try Scene(others: 2)
            for record in order { _ = try scene.hear(from: 2, [.alive(record)]) }
            #expect(scene.membership.member(Scene.id(1))?.record == right)
        }
    }

    @Test("an address learnt after a suspicion of the same incarnation is taken over")
    func suspicionRunsAhead() throws {
        var scene = try Scene(others: 3)
        _ = try scene.hear(from: 2, [.suspect(Scene.id(1), Incarnation(5), by: [Scene.id(2)])])
        let moved = try Scene.record(1, incarnation: 5, host: "a")
        #expect(try scene.hear(from: 3, [.alive(moved)]).events == [.updated(moved)])
        #expect(scene.status(1) == .suspect)
        #expect(scene.membership.member(Scene.id(1))?.record == moved)
    }
}
