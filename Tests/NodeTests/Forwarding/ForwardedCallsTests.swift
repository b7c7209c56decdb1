import Node
import Testing

@Suite("Calls that wait for another node")
struct ForwardedCallsTests {
    private let calls = ForwardedCalls()

    /// Passes a call on; `send` may do anything while the call waits already.
    private func passOn(_ seconds: Int, send: @escaping @Sendable (CallNumber) -> Bool) async -> ForwardedAnswer {
        await calls.passOn(to: "n2", within: .seconds(seconds), send: send, onCancel: { _ in })
    }

    @Test("one that finds no link was not carried out", .timeLimit(.minutes(1)))
    func noLink() async {
        guard case .elsewhere = await passOn(15, send: { _ in false }) else {
            Issue.record("it is something else")
            return
        }
    }

    @Test("one whose link breaks is lost, and its answer comes too late", .timeLimit(.minutes(1)))
    func linkBreaks() async {
        let answer = await passOn(15) { [calls] number in
            calls.lose(at: "n2")
            calls.take(.answered(status: 204, headers: [], contentType: nil, body: []), to: number, from: "n2")
            return true
        }
        guard case .lost = answer else {
            Issue.record("it is \(answer)")
            return
        }
    }

    @Test("another node's answer, or its end, is nobody's", .timeLimit(.minutes(1)))
    func others() async {
        let answer = await passOn(15) { [calls] number in
            calls.take(.elsewhere, to: number, from: "n3")
            calls.lose(at: "n3")
            calls.take(.answered(status: 204, headers: [], contentType: nil, body: []), to: number, from: "n2")
            return true
        }
        guard case .answered(204, _, _, _) = answer else {
            Issue.record("it is \(answer)")
            return
        }
    }

    @Test("one whose answer got lost ends when its time is over, not before", .timeLimit(.minutes(1)))
    func answerLost() async {
        let answer = await passOn(3) { [calls] _ in
            for _ in 0..<4 { calls.passRound() }
            return true
        }
        guard case .silent = answer else {
            Issue.record("it is \(answer)")
            return
        }
        let early = await passOn(3) { [calls] number in
            for _ in 0..<3 { calls.passRound() }
            calls.take(.answered(status: 204, headers: [], contentType: nil, body: []), to: number, from: "n2")
            return true
        }
        guard case .answered(204, _, _, _) = early else {
            Issue.record("it is \(early)")
            return
        }
    }
}
