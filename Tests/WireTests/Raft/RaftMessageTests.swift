import Consensus
import SeededRandom
import Testing
import Wire

@Suite("the bytes of messages of consensus")
struct RaftMessageTests {
    @Test("what is decoded is what was encoded", arguments: 1...8)
    func roundTrip(seed: UInt64) throws {
        var random = Chance(seed: seed)
        for _ in 0..<2_000 {
            let message = RaftSamples.message(&random).message
            let bytes = message.bytes()
            #expect(bytes.count == message.encodedByteCount)
            #expect(try Message(bytes: bytes) == message)
        }
    }

    @Test("a batch keeps groups, messages and their order")
    func batch() throws {
        var random = Chance(seed: 3)
        for count in 0..<40 {
            let batch = (0..<count).map { _ in RaftSamples.message(&random) }
            #expect(try [GroupMessage](bytes: batch.bytes()) == batch)
        }
    }

    @Test("an entry stands where its append puts it")
    func consecutive() throws {
        let entries = (8...10).map { Entry(index: LogIndex($0), term: Term(2), payload: .command([1])) }
        let append = Message.Append(
            previous: LogMark(index: LogIndex(7), term: Term(1)), entries: entries, commit: LogIndex(6))
        #expect(try Message.Append(bytes: append.bytes()).entries.map(\.index.rawValue) == [8, 9, 10])
    }

    @Test("what a group could not hold is refused by its name")
    func refusals() {
        let zero = [UInt8](repeating: 0, count: 24)
        let most = [UInt8](repeating: 255, count: 8)
        let tooLong: [UInt8] = zero.prefix(8) + [1, 0, 4, 0, 1]
        // Bodies behind a header of zeros, each with what is said of it.
        let refused: [(body: [UInt8], error: FormatError)] = [
            ([0], .unknownKind(0)),
            ([8] + most, .counterOutOfRange(.max)),
            ([12, 0], .leftOver(1)),
            // A count that nothing backs reserves nothing.
            ([7] + zero + most.prefix(4), .cutShort),
            ([7] + zero + [0, 0, 0, 1] + tooLong, .commandLength(256 * 1024 + 1)),
            ([14] + zero.prefix(16) + [33], .replicaCount(33)),
            ([14] + zero.prefix(16) + [2] + zero.prefix(16), .replicaOrder),
        ]
        for (body, error) in refused {
            #expect(throws: error) { try Message(bytes: zero + body).term.rawValue }
        }
    }

    @Test("the largest command passes")
    func largestCommand() throws {
        let bytes = [UInt8](repeating: 7, count: 256 * 1024)
        let entry = Entry(index: LogIndex(1), term: Term(1), payload: .command(bytes))
        let append = Message.Append(previous: .zero, entries: [entry], commit: .zero)
        #expect(try Message.Append(bytes: append.bytes()) == append)
    }

    @Test("any bytes are messages or an error")
    func assault() throws {
        try Mutilation.assault(Message.self, seed: 0x4AF7) { RaftSamples.message(&$0).message }
        try Mutilation.assault([GroupMessage].self, seed: 0xBA7C) { random in
            (0..<3).map { _ in RaftSamples.message(&random) }
        }
    }
}
