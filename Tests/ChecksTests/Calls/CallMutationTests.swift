import Checks
import SeededRandom
import Testing

/// Bytes that are nearly right. What is read from them is a value that can be written and read again, or a typed error: a trap
/// would end the test process.
@Suite("No bytes from another node break a reader")
struct CallMutationTests {
    /// 20 seeds of 5000 inputs each for every kind of message.
    private static let seeds: [UInt64] = Array(1...20)
    private static let rounds = 5000

    private func mutate<Value: Equatable>(
        _ seed: UInt64, _ corpus: [[UInt8]], _ encode: (Value) -> [UInt8],
        _ decode: ([UInt8]) throws(CommandDecodingError) -> Value
    ) {
        var mutation = Mutation(seed: seed, corpus: corpus)
        for _ in 0..<Self.rounds {
            let bytes = mutation.next()
            guard let value = try? decode(bytes) else { continue }
            let again = try? decode(encode(value))
            #expect(again == value, "seed \(seed): \(bytes)")
        }
    }

    @Test("commands", arguments: seeds)
    func commands(seed: UInt64) {
        mutate(seed, CommandCase.allSamples.map { $0.encoded() }, { $0.encoded() }, Command.init(encoded:))
    }

    @Test("queries", arguments: seeds)
    func queries(seed: UInt64) {
        mutate(seed, QueryCase.allSamples.map { $0.encoded() }, { $0.encoded() }, Query.init(encoded:))
    }

    @Test("answers to queries", arguments: seeds)
    func results(seed: UInt64) {
        mutate(seed, QueryResultCase.allSamples.map { $0.encoded() }, { $0.encoded() }, QueryResult.init(encoded:))
    }

    @Test("outcomes", arguments: seeds)
    func outcomes(seed: UInt64) {
        mutate(seed, OutcomeCase.allSamples.map { $0.encoded() }, { $0.encoded() }, Outcome.init(encoded:))
    }

    @Test("what a shard can grant", arguments: seeds)
    func readiness(seed: UInt64) {
        mutate(seed, [Sample.readiness.encoded()], { $0.encoded() }, [ShardSummary.Readiness].init(encoded:))
    }

    @Test("no message cut short anywhere breaks a reader")
    func cutShort() {
        for bytes in QueryResultCase.allSamples.map({ $0.encoded() }) {
            for length in 0..<bytes.count { _ = try? QueryResult(encoded: Array(bytes[..<length])) }
        }
        for bytes in OutcomeCase.allSamples.map({ $0.encoded() }) {
            for length in 0..<bytes.count { _ = try? Outcome(encoded: Array(bytes[..<length])) }
        }
    }
}

/// Encodings with one to four accidents: a byte changed, a bit flipped, bytes lost, doubled, or taken from another encoding.
private struct Mutation {
    private let corpus: [[UInt8]]
    private var random: SplitMix64

    init(seed: UInt64, corpus: [[UInt8]]) {
        self.corpus = corpus
        random = SplitMix64(seed: seed)
    }

    mutating func next() -> [UInt8] {
        var bytes = pick()
        for _ in 0..<1 + random.next() % 4 { damage(&bytes) }
        return bytes
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: random.next())) }
        let position = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, position + Int.random(in: 1...8, using: &random))
        switch random.next() % 6 {
        case 0: bytes[position] = UInt8(truncatingIfNeeded: random.next())
        case 1: bytes[position] ^= 1 << UInt8(random.next() % 8)
        case 2: bytes[position] = [0, 0x7F, 0x80, 0xFF][Int(random.next() % 4)]
        case 3: bytes.removeSubrange(position..<end)
        case 4: bytes.insert(contentsOf: bytes[position..<end], at: position)
        default: bytes.replaceSubrange(position..<end, with: pick().suffix(8))
        }
    }

    private mutating func pick() -> [UInt8] { corpus[Int.random(in: 0..<corpus.count, using: &random)] }
}
