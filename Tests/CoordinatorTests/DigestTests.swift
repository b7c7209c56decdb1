import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Digests of the shards' contents")
struct DigestTests {
    /// What the cluster's view shows of each shard's only replica.
    private func digests(_ test: TestNode, stale: Bool = false) throws -> [ShardID: [UInt8]] {
        let request = Request.cluster(test.operatorCaller, digest: true)
        var answer = try test.answer(to: stale ? .stale(request) : request)
        if case .success(.stale(let response, _)) = answer { answer = .success(response) }
        guard case .success(.cluster(let view)) = answer else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: view.shards.compactMap { shard in
                shard.replicas.first?.digest.map { (shard.id, $0) }
            })
    }

    @Test("one that was not taken for this call is not shown; a stale read shows the last one")
    func thisCallOnly() throws {
        let test = try TestNode()
        var round: UInt8 = 1
        var refusing: ShardID?
        test.script.onCommand = { command, shard in
            guard case .digest = command else { return nil }
            return shard == refusing ? .refused(.unknownUser) : .digest([round, UInt8(shard.rawValue)])
        }
        let first = try digests(test)
        #expect(first.count == test.shards.count)
        #expect(first.allSatisfy { $0.value == [1, UInt8($0.key.rawValue)] })

        round = 2
        refusing = test.shards[2]
        let second = try digests(test)
        #expect(Set(second.keys) == Set(test.shards).subtracting([test.shards[2]]))
        #expect(second.allSatisfy { $0.value.first == 2 })
        #expect(try digests(test, stale: true)[test.shards[2]]?.first == 1)
    }
}
