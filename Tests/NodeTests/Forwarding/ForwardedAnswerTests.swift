import Node
import Testing

@Suite("What a node answers a call that was passed on")
struct ForwardedAnswerTests {
    private static let full = ForwardedAnswer.answered(
        status: 429, headers: [("Retry-After", "1")], contentType: "application/problem+json", body: [])

    @Test("an answer is read as it was written")
    func roundTrip() throws {
        let body = Array("{}".utf8)
        let answer = ForwardedAnswer.answered(
            status: 200, headers: [("traceparent", "00"), ("a", "")], contentType: "application/json", body: body)
        guard case .answered(200, let headers, "application/json", body)? = ForwardedAnswer(encoded: answer.encoded())
        else {
            Issue.record("it is another")
            return
        }
        #expect(headers.map(\.name) == ["traceparent", "a"])
        #expect(headers.map(\.value) == ["00", ""])
    }

    @Test("an answer without content has no type")
    func noContent() {
        let answer = ForwardedAnswer.answered(status: 204, headers: [], contentType: nil, body: [])
        guard case .answered(204, _, nil, [])? = ForwardedAnswer(encoded: answer.encoded()) else {
            Issue.record("it is another")
            return
        }
    }

    @Test("an answer that was cut off anywhere before its body is none", arguments: 0..<full.encoded().count)
    func truncated(length: Int) { #expect(ForwardedAnswer(encoded: Array(Self.full.encoded().prefix(length))) == nil) }

    @Test("a status that ends no call is none", arguments: [0, 100, 199, 600, 65_535])
    func status(status: Int) {
        #expect(ForwardedAnswer(encoded: [2, UInt8(status >> 8), UInt8(status & 255), 0, 0, 0, 0, 0]) == nil)
    }

    @Test("that it belongs elsewhere is said in one byte, and an unknown answer is none")
    func elsewhere() {
        #expect(ForwardedAnswer.elsewhere.encoded() == [1])
        guard case .elsewhere? = ForwardedAnswer(encoded: [1]) else {
            Issue.record("it is not read")
            return
        }
        for bytes: [UInt8] in [[1, 0], [0], [3], [255]] { #expect(ForwardedAnswer(encoded: bytes) == nil) }
    }
}
