import CheckClient
import Testing

@Suite("The platform's limit")
struct LookupWindowTests {
    @Test("no window holds more than 180 look-ups, wherever it starts")
    func slidingWindow() {
        let seed: UInt64 = 7
        var generator = SplitMix64(seed: seed)
        var window = LookupWindow(speed: 1)
        var moments: [Double] = []
        var now = 0.0
        for _ in 0..<5000 {
            now += Double.random(in: 0...10, using: &generator)
            let count = min(window.available(now: now), Int.random(in: 0...20, using: &generator))
            window.take(count, now: now)
            moments += Array(repeating: now, count: count)
        }
        for (place, moment) in moments.enumerated() where place >= 180 {
            #expect(moment - moments[place - 180] >= 900, "seed \(seed)")
        }
        #expect(moments.count > 180 * 20, "it lets through what is allowed")
    }

    @Test("speed makes the window shorter", arguments: [(1.0, 900.0), (10.0, 90.0), (1000.0, 0.9)])
    func speed(factor: Double, seconds: Double) {
        var window = LookupWindow(speed: factor)
        window.take(180, now: 100)
        #expect(window.available(now: 100) == 0)
        #expect(window.nextMoment(now: 100) == 100 + seconds)
        #expect(window.available(now: 100 + seconds) == 180)
    }

    @Test("at the moment it names something is available, whatever the rounding")
    func momentIsRight() {
        var window = LookupWindow(speed: 997)
        var now = 1_800_000_000.123
        for _ in 0..<2000 {
            now = window.nextMoment(now: now)
            #expect(window.available(now: now) > 0)
            window.take(window.available(now: now), now: now)
            now += 0.0001
        }
    }

    @Test("what a volunteer says of itself fits what it does", arguments: [0.5, 1, 10, 100, 1000, 5000])
    func capability(speed: Double) throws {
        let capability = Capability.volunteer(speed: speed)
        let users = Double(try #require(capability.usersPerWindow))
        let seconds = Double(try #require(capability.windowSeconds))
        #expect(seconds >= 1)
        #expect(abs(users / seconds - 0.2 * speed) <= 0.2 * speed * 0.01 + 1 / seconds)
    }

    @Test("a volunteer hands out no more than the window allows, and goes on when it opens")
    func volunteerObeys() {
        var world = VolunteerWorld.working(workers: 3)
        world.answer(
            world.grant(world.lease("a", users: 100), world.lease("b", users: 100), world.lease("c", users: 100)))
        var handed = 0
        for _ in 0..<20 {
            for lease in ["a", "b", "c"] {
                handed += world.inChecker[lease]?.count ?? 0
                world.check(lease)
            }
        }
        #expect(handed == 180)
        world.pass(899)
        #expect(world.inChecker.values.allSatisfy { $0.isEmpty })
        world.pass(2)
        #expect(world.inChecker.values.contains { !$0.isEmpty })
    }
}
