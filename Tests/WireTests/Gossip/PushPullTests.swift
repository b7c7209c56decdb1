import Membership
import SeededRandom
import Testing
import Wire

@Suite("the bytes of comparisons of views")
struct PushPullTests {
    @Test("what is decoded is what was encoded, within the model", arguments: 1...4)
    func roundTrip(seed: UInt64) throws {
        var random = Chance(seed: seed)
        for _ in 0..<500 {
            let message = try Samples.pushPull(rows: random.index(below: 20), &random)
            let bytes = message.bytes()
            #expect(bytes.count == message.encodedByteCount && bytes.count <= message.encodedSize)
            #expect(try PushPull(bytes: bytes) == message)
        }
    }

    @Test("as many rows as a view holds are taken, and no more")
    func rows() throws {
        var random = Chance(seed: 1)
        let record = try Samples.record(&random)
        let row = Member(record: record, status: .dead, incarnation: .first, registryVersion: 1)
        let content = PushPull.Content.state(Array(repeating: row, count: Limits.members), wantsAnswer: true)
        let bytes = try PushPull(sender: record, registryVersion: 2, content: content).bytes()
        #expect(try PushPull(bytes: bytes).content == content)
        #expect(throws: FormatError.refused(.stateCount(Limits.members + 1))) {
            try PushPull(bytes: bytes + row.bytes())
        }
    }

    @Test("any bytes are a part of a comparison or an error")
    func assault() throws {
        try Mutilation.assault(PushPull.self, seed: 0x5717) { try Samples.pushPull(rows: 3, &$0) }
    }
}
