import Checks
import Testing

@Suite("What nodes ask each other survives its encoding, and no bytes break a reader")
struct CallEncodingTests {
    /// Every case has samples, they are samples of it, and each is read back as it was written.
    private func check<Case: CallCase>(
        _ cases: Case.Type, _ encode: (Case.Value) -> [UInt8],
        _ decode: ([UInt8]) throws(CommandDecodingError) -> Case.Value
    ) throws {
        for sort in Case.allCases {
            #expect(!sort.samples.isEmpty, "\(sort)")
            for sample in sort.samples {
                #expect(Case(sample) == sort)
                #expect(try decode(encode(sample)) == sample)
            }
        }
    }

    @Test("every command is read back as it was written")
    func commands() throws {
        try check(CommandCase.self, { $0.encoded() }, Command.init(encoded:))
    }

    @Test("every query is read back as it was written")
    func queries() throws {
        try check(QueryCase.self, { $0.encoded() }, Query.init(encoded:))
    }

    @Test("every answer to a query is read back as it was written")
    func results() throws {
        try check(QueryResultCase.self, { $0.encoded() }, QueryResult.init(encoded:))
    }

    @Test("every outcome is read back as it was written")
    func outcomes() throws {
        try check(OutcomeCase.self, { $0.encoded() }, Outcome.init(encoded:))
    }

    @Test("what a shard can grant is read back as it was written")
    func readiness() throws {
        for list in [[], Sample.readiness] {
            #expect(try [ShardSummary.Readiness](encoded: list.encoded()) == list)
        }
    }

    @Test("a case that is not known is an error, and so is an empty message")
    func unknownCases() {
        // Field 15, and a refusal of code 200 in an outcome.
        for bytes: [UInt8] in [[], [0x78, 1]] {
            #expect(throws: CommandDecodingError.unknownCommand) { try Query(encoded: bytes) }
            #expect(throws: CommandDecodingError.unknownCommand) { try QueryResult(encoded: bytes) }
            #expect(throws: CommandDecodingError.unknownCommand) { try Outcome(encoded: bytes) }
        }
        #expect(throws: CommandDecodingError.malformed("refusal 200")) { try Outcome(encoded: [0x12, 1, 200]) }
        #expect(throws: CommandDecodingError.unknownVersion(0)) { try Command(encoded: []) }
        #expect(throws: CommandDecodingError.unknownCommand) { try Command(encoded: [8, 1]) }
    }

    @Test("a list that claims more rows than there are bytes is refused before room is made for it")
    func claims() {
        // Slots, as many as a varint can say.
        let count: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F]
        #expect(throws: CommandDecodingError.self) {
            try QueryResult(encoded: [0x3A, UInt8(count.count)] + count)
        }
    }

    @Test("a name that no user can have is refused in a command, too")
    func names() throws {
        let bytes = Command.deleteUser(name("abc")).encoded()
        let position = try #require(bytes.firstIndex(of: UInt8(ascii: "b")))
        for byte in [UInt8(ascii: "-"), 0, 0xFF] {
            var wrong = bytes
            wrong[position] = byte
            #expect(throws: CommandDecodingError.self) { try Command(encoded: wrong) }
        }
    }

    @Test("a lease of 180 users and a page of 1000 stay small")
    func sizes() {
        let users = (0..<1000).map { UserReference(screenName: name("user_name_\($0)")) }
        var lease = Sample.leases[0]
        lease.users = Array(users[..<180])
        #expect(Outcome.granted(lease).encoded().count < 180 * 14 + 100)
        let page = Listing(
            items: users.map { UserListItem(user: $0, state: .leased, lane: .normal, attempt: 1) }, next: [1])
        #expect(QueryResult.users(page).encoded().count < 1000 * 16 + 100)
    }
}
