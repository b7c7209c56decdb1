import HTTPTypes
import Node
import Testing

@Suite("What one node passes on to another for a client")
struct ForwardedCallTests {
    private static let calls = [
        ForwardedCall(
            method: "POST", path: "/v1/leases?wait=30",
            headers: [("Authorization", "Bearer 7.c"), ("Content-Type", "application/json")], peer: "192.0.2.7",
            body: Array("{\"count\":2}".utf8)),
        ForwardedCall(method: "GET", path: "/v1/users/K%C3%B6nig", headers: [("a", "")], peer: "::1", body: []),
        ForwardedCall(method: "", path: "", headers: [], peer: "", body: []),
    ]
    /// Without a body and with one header: every byte of it belongs to a length, a text or the number of headers.
    private static let bare = calls[1].encoded()

    @Test("a call is read as it was written", arguments: calls)
    func roundTrip(call: ForwardedCall) throws {
        let read = try #require(ForwardedCall(encoded: call.encoded()))
        #expect((read.method, read.path, read.peer) == (call.method, call.path, call.peer))
        #expect(read.headers.map(\.name) == call.headers.map(\.name))
        #expect(read.headers.map(\.value) == call.headers.map(\.value))
        #expect(read.body == call.body)
    }

    @Test("a call that was cut off anywhere before its body is none", arguments: 0..<bare.count)
    func truncated(length: Int) { #expect(ForwardedCall(encoded: Array(Self.bare.prefix(length))) == nil) }

    @Test("what follows the headers is the body, however long")
    func body() throws {
        let body = [UInt8](repeating: 7, count: 1 << 20)
        #expect(try #require(ForwardedCall(encoded: Self.bare + body)).body == body)
    }

    @Test("a text that is said to be longer than what is there is none", arguments: [4, 1 << 16, Int(UInt32.max)])
    func tooLong(length: Int) {
        let head = (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
        #expect(ForwardedCall(encoded: head + Array("GET".utf8)) == nil)
        #expect(ForwardedAnswer(encoded: [2, 0, 200] + head + Array("abc".utf8)) == nil)
    }

    @Test("a text that is no UTF-8 is none")
    func notText() {
        #expect(ForwardedCall(encoded: [0, 0, 0, 1, 0xFF] + Self.bare.dropFirst(7)) == nil)
        #expect(ForwardedAnswer(encoded: [2, 0, 200, 0, 0, 0, 1, 0x80, 0]) == nil)
    }

    @Test("fewer headers than were said are no headers")
    func tooFewHeaders() {
        let none = ForwardedCall(method: "GET", path: "/", headers: [], peer: "", body: []).encoded()
        #expect(ForwardedCall(encoded: none) != nil)
        #expect(ForwardedCall(encoded: none.dropLast() + [1]) == nil)
        #expect(ForwardedCall(encoded: none.dropLast() + [255] + Self.bare) == nil)
    }

    @Test("a call whose method no client could send is carried out nowhere")
    func method() {
        var call = Self.calls[0]
        #expect(call.head?.path == call.path)
        call.method = "GE T"
        #expect(call.head == nil)
    }

    @Test("a header cannot hold another one")
    func headers() throws {
        var call = Self.calls[0]
        call.headers = [("Authorization", "Bearer a\r\nX-Other: b"), ("a b", "c")]
        let fields = try #require(call.head).headerFields
        #expect(fields.count == 1)
        #expect(fields.allSatisfy { !$0.value.contains(where: \.isNewline) })
    }

    @Test("a call's number is its first eight bytes, and fewer are none")
    func number() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 0xFF]
        let (number, rest) = try #require(CallNumber.take(from: bytes + [9]))
        #expect(number.bytes == bytes)
        #expect(rest == [9])
        for length in 0..<8 { #expect(CallNumber.take(from: Array(bytes.prefix(length))) == nil) }
    }
}
