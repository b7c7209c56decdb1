import Consensus
import Testing
import Wire

/// What an append of one entry of 1 KiB costs in time: it is coded once for each follower of each proposal.
@Suite("the cost of appends", .serialized)
struct AppendCostTests {
    private static func message() -> Message {
        let entry = Entry(index: LogIndex(42), term: Term(3), payload: .command([UInt8](repeating: 7, count: 1024)))
        let append = Message.Append(
            previous: LogMark(index: LogIndex(41), term: Term(3)), entries: [entry], commit: LogIndex(40))
        return Message(from: ReplicaID(1), to: ReplicaID(2), term: Term(3), body: .append(append))
    }

    @Test("an entry of 1 KiB is coded in microseconds")
    func append() throws {
        let message = Self.message()
        let bytes = message.bytes()
        let encoding = cost { message.bytes().count }
        let decoding = try cost { Int(try Message(bytes: bytes).term.rawValue) }
        let copying = cost { bytes.withUnsafeBytes { [UInt8]($0) }.count }
        print("append of 1 KiB, ns: encoding \(encoding), decoding \(decoding), one copy of it \(copying)")
        #if !DEBUG
            #expect(encoding < 10_000 && decoding < 10_000)
        #endif
    }
}
