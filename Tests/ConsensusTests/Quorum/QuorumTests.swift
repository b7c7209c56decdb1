import Consensus
import Testing

@Suite("Quorums")
struct QuorumTests {
    /// The definition, slowly: the greatest value that more than half of each half have reached.
    private static func agreed(_ values: [ReplicaID: Int], _ configuration: Configuration) -> Int? {
        func half(_ ids: [ReplicaID]) -> Int? {
            let sorted = ids.compactMap { values[$0] }.sorted(by: >)
            return sorted.isEmpty ? nil : sorted[ids.count / 2]
        }
        guard let incoming = half(configuration.voters) else { return nil }
        guard let outgoing = half(configuration.outgoing) else { return incoming }
        return min(incoming, outgoing)
    }

    @Test("what a leader calls agreed is what the definition says", arguments: 0..<50 as Range<UInt64>)
    func commit(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let all = (1...7).map { ReplicaID($0) }
            let voters = all.shuffled(using: &random).prefix(1 + random.below(7))
            let outgoing = all.shuffled(using: &random).prefix(random.below(8))
            let learners = all.filter { !voters.contains($0) && !outgoing.contains($0) }
            let configuration = Configuration(
                voters: Array(voters), outgoing: Array(outgoing), learners: learners)
            var values: [ReplicaID: Int] = [:]
            var progress: [Progress] = []
            for id in configuration.replicas {
                let match = random.below(6)
                values[id] = match
                var peer = Progress(
                    id: id, standing: Progress.Standing(of: id, in: configuration), next: LogIndex(9), now: .zero)
                peer.match = LogIndex(UInt64(match))
                progress.append(peer)
            }
            let leader = Leader(progress: progress, first: LogIndex(1), heartbeatDue: .zero)
            let found = leader.agreed({ $0.match }, mutations: []).map { Int($0.rawValue) }
            #expect(found == Self.agreed(values, configuration), "seed \(seed): \(configuration) \(values)")
        }
    }

    @Test(
        "a majority is more than half",
        arguments: zip([1, 2, 3, 4, 5, 6, 7], [1, 2, 2, 3, 3, 4, 4]))
    func majority(voters: Int, needed: Int) {
        let configuration = Configuration(voters: (1...voters).map { ReplicaID(UInt64($0)) })
        for agreeing in 0...voters {
            #expect(configuration.hasQuorum { $0.rawValue <= UInt64(agreeing) } == (agreeing >= needed))
        }
    }

    @Test("a joint configuration needs both majorities")
    func joint() {
        let configuration = Configuration(
            voters: [1, 4, 5].map { ReplicaID($0) }, outgoing: [1, 2, 3].map { ReplicaID($0) })
        func isEnough(_ ids: [UInt64]) -> Bool { configuration.hasQuorum { ids.contains($0.rawValue) } }
        #expect(isEnough([1, 2, 4]))
        #expect(isEnough([2, 3, 4, 5]))
        #expect(!isEnough([1, 4, 5]))
        #expect(!isEnough([1, 2, 3]))
        #expect(!isEnough([]))
    }

    @Test("nobody is a quorum of nobody")
    func empty() {
        #expect(!Configuration(voters: []).hasQuorum { _ in true })
    }

    @Test("any two quorums of successive configurations share a voter")
    func overlap() {
        let old = Configuration(voters: [1, 2, 3].map { ReplicaID($0) })
        let joint = Configuration(voters: [3, 4, 5].map { ReplicaID($0) }, outgoing: old.voters)
        let new = joint.settled
        for left in 0..<32 as Range<UInt64> {
            for right in 0..<32 as Range<UInt64> where left & right == 0 {
                func holds(_ set: UInt64, _ id: ReplicaID) -> Bool { set & (1 << (id.rawValue - 1)) != 0 }
                for (first, second) in [(old, joint), (joint, joint), (joint, new)] {
                    #expect(!(first.hasQuorum { holds(left, $0) } && second.hasQuorum { holds(right, $0) }))
                }
            }
        }
    }
}
