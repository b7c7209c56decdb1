import HashRing
import Testing

@Suite("Plans")
struct PlanTests {
    private func ring(_ numbers: some Sequence<Int>, shards: Int = 64) throws -> HashRing {
        try HashRing(
            members: numbers.map { HashRing.Member(id: NodeID(rawValue: UInt128($0))) }, shardCount: shards)
    }

    /// What `placement` becomes when a shard's moves are made.
    private func apply(_ moves: [HashRing.Move], to placement: [NodeID]) -> [NodeID] {
        var nodes = placement
        for move in moves {
            switch move.change {
            case .replace(let old, let new):
                nodes = nodes.map { $0 == old ? new : $0 }
            case .add(let node):
                nodes.append(node)
            case .remove(let node):
                nodes.removeAll { $0 == node }
            case .lead(let node):
                nodes.removeAll { $0 == node }
                nodes.insert(node, at: 0)
            }
        }
        return nodes
    }

    @Test("from a ring to itself there is nothing to do")
    func nothing() throws {
        #expect(HashRing.plan(from: try ring(1...5), to: try ring(1...5)).isEmpty)
    }

    @Test(
        "whoever makes the moves of a plan has the new placement",
        arguments: [(1...1, 1...2), (1...2, 1...3), (1...3, 1...9), (1...9, 2...9), (3...5, 4...4), (1...3, 7...9)])
    func complete(before: ClosedRange<Int>, after: ClosedRange<Int>) throws {
        let (old, new) = (try ring(before), try ring(after))
        let plan = HashRing.plan(from: old, to: new)
        for (shard, nodes) in new.placements {
            let result = apply(plan.filter { $0.shard == shard }, to: old.placement(of: shard))
            #expect(result.first == nodes.first)
            #expect(Set(result) == Set(nodes))
        }
    }

    @Test("moves come in order of shard, a shard's replicas before its leadership")
    func order() throws {
        let plan = HashRing.plan(from: try ring(1...4), to: try ring(3...8))
        for (move, next) in zip(plan, plan.dropFirst()) {
            #expect(move.shard <= next.shard)
            if move.shard == next.shard, case .lead = move.change { Issue.record("\(move) is before \(next)") }
        }
    }

    @Test("a third node takes a copy of everything and replaces nobody")
    func growth() throws {
        let plan = HashRing.plan(from: try ring(1...2), to: try ring(1...3)).filter(\.copiesReplica)
        #expect(plan.count == 64)
        #expect(plan.allSatisfy { $0.change == .add(NodeID(rawValue: 3)) })
    }
}
