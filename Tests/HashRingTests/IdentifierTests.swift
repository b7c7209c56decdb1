import HashRing
import Testing

@Suite("Identifiers")
struct IdentifierTests {
    @Test("a node's text form is 32 lower-case hexadecimal digits and reads back")
    func nodeText() {
        let id = NodeID(rawValue: 0xAB)
        #expect(id.description == String(repeating: "0", count: 30) + "ab")
        #expect(NodeID(id.description) == id)
        #expect(NodeID(NodeID(rawValue: .max).description) == NodeID(rawValue: .max))
    }

    @Test(
        "what is not 32 lower-case hexadecimal digits is no node's id",
        arguments: ["", "ab", String(repeating: "0", count: 31) + "A", String(repeating: "0", count: 33)])
    func nodeTextRefused(text: String) {
        #expect(NodeID(text) == nil)
    }

    @Test("nodes are ordered as their texts are")
    func nodeOrder() {
        let ids = [NodeID(rawValue: 1 << 100), NodeID(rawValue: 9), NodeID(rawValue: .max), NodeID(rawValue: 10)]
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
    }

    @Test("shards are numbered from 1 to 1024; zero is the registry's group, not a shard")
    func shardNumbers() {
        #expect(ShardID(rawValue: 0) == nil)
        #expect(ShardID(rawValue: 1)?.description == "1")
        #expect(ShardID(rawValue: 1024)?.description == "1024")
        #expect(ShardID(rawValue: 1025) == nil)
        #expect(ShardID.all(count: 16).map(\.rawValue) == Array(1...16))
        #expect(ShardID.all(count: 5000).count == 1024)
    }

    @Test("a shard's text form has one spelling", arguments: ["0", "01", "+1", "-1", "1025", "", " 1", "1.0", "x"])
    func shardTextRefused(text: String) {
        #expect(ShardID(text) == nil)
        #expect(ShardID("1024")?.rawValue == 1024)
    }
}
