import HashRing
import Testing

@Suite("What makes no ring")
struct ValidationTests {
    private let node = HashRing.Member(id: NodeID(rawValue: 1))

    @Test("a number of shards outside of 1 to 1024", arguments: [-1, 0, 1025])
    func shardCount(count: Int) {
        #expect(throws: HashRingError.invalidShardCount(count)) {
            try HashRing(members: [node], shardCount: count)
        }
    }

    @Test("a number of replicas outside of 1 to 7", arguments: [-1, 0, 8])
    func replicationFactor(factor: Int) {
        #expect(throws: HashRingError.invalidReplicationFactor(factor)) {
            try HashRing(members: [node], shardCount: 16, replicationFactor: factor)
        }
    }

    @Test("the same member twice")
    func repeatedMember() {
        #expect(throws: HashRingError.repeatedMember(node.id)) {
            try HashRing(members: [node, HashRing.Member(id: node.id, weight: 5)], shardCount: 16)
        }
    }

    @Test("a weight outside of 1 to 1000", arguments: [-1, 0, 1001])
    func weight(weight: Int) {
        #expect(throws: HashRingError.invalidWeight(node.id, weight)) {
            try HashRing(members: [HashRing.Member(id: node.id, weight: weight)], shardCount: 16)
        }
    }

    @Test("a zone's name of more than 64 bytes")
    func zone() throws {
        let longest = String(repeating: "z", count: 64)
        _ = try HashRing(members: [HashRing.Member(id: node.id, zone: longest)], shardCount: 16)
        #expect(throws: HashRingError.zoneTooLong(node.id)) {
            try HashRing(members: [HashRing.Member(id: node.id, zone: longest + "z")], shardCount: 16)
        }
    }

    @Test("more than 1000 members")
    func tooMany() {
        let members = (0..<1001).map { HashRing.Member(id: NodeID(rawValue: UInt128($0))) }
        #expect(throws: HashRingError.tooManyMembers(1001)) {
            try HashRing(members: members, shardCount: 16)
        }
    }
}
