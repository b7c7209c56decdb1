import Consensus
import Testing

@Suite("Patience")
struct PatienceTests {
    private static func wait(seed: UInt64) -> Duration? {
        let configuration = Configuration(voters: (1...3).map { ReplicaID($0) })
        let group = RaftGroup(
            id: ReplicaID(1), settings: Settings(), restored: .founding(configuration), seed: seed, now: .zero)
        return group.nextDeadline
    }

    @Test("is drawn from one to two election timeouts, and all of that range is used")
    func range() throws {
        let waits = try (0..<2000 as Range<UInt64>).map { try #require(Self.wait(seed: $0)) }
        let timeout = Settings().electionTimeout
        #expect(waits.allSatisfy { $0 >= timeout && $0 < timeout * 2 })
        for tenth in 0..<10 {
            let from = timeout + timeout * tenth / 10
            #expect(waits.count { $0 >= from && $0 < from + timeout / 10 } > 100)
        }
    }

    @Test("rarely ends for two replicas at the same moment")
    func conflicts() throws {
        var conflicts = 0
        for round in 0..<1000 as Range<UInt64> {
            let waits = try (0..<3).map { try #require(Self.wait(seed: round * 3 + $0)) }.sorted()
            if waits[1] - waits[0] < .milliseconds(10) { conflicts += 1 }
        }
        #expect(conflicts < 100)
    }

    @Test("is the same for the same seed")
    func deterministic() {
        #expect(Self.wait(seed: 42) == Self.wait(seed: 42))
    }

    @Test("a tick that comes early changes nothing")
    func early() throws {
        let configuration = Configuration(voters: (1...3).map { ReplicaID($0) })
        var group = RaftGroup(
            id: ReplicaID(1), settings: Settings(), restored: .founding(configuration), seed: 1, now: .zero)
        let deadline = try #require(group.nextDeadline)
        group.tick(now: deadline - .milliseconds(1))
        #expect(group.status.role == .follower)
        group.tick(now: deadline)
        #expect(group.status.role == .preCandidate)
    }
}
