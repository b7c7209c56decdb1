import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("The key that gossip is sealed with changes while the cluster works")
struct GossipKeyTests {
    @Test(
        "at no moment does a node seal with a key that another one does not have", arguments: [61, 62, 63] as [UInt64])
    func heardByAll(seed: UInt64) throws {
        let three = try ThreeNodes(seed: seed)
        let leaving = try three.node("n3")
        guard case .success = try three.answer(to: .removeNode(ThreeNodes.caller, name: "n3"), at: three.node("n1"))
        else {
            Issue.record("seed \(seed): not removed")
            return
        }
        let staying = three.cluster.nodes.filter { $0 !== leaving }
        var keys: Set<UInt32> = []
        let isOver = try three.cluster.run(within: .seconds(120)) {
            let secrets = staying.compactMap { $0.registry?.secrets }
            for sealing in secrets.compactMap({ $0.sealingKey?.number }) {
                keys.insert(sealing)
                #expect(secrets.allSatisfy { $0.gossip.contains { $0.number == sealing } }, "seed \(seed)")
            }
            return secrets.allSatisfy { $0.sealingKey?.number == 2 }
        }
        #expect(isOver, "seed \(seed): sealed with \(keys)")
        #expect(keys == [1, 2])
    }
}
