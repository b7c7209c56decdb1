import Node
import Synchronization
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

    @Test(
        "one whose caller has gone before it left is taken back after it has been sent, not only before",
        .timeLimit(.minutes(1)))
    func cancelledBefore() async {
        enum Said { case call, cancel }
        let said = Log<Said>()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let task = Task { [calls] in
            // Begins once its task is cancelled.
            for await _ in gate {}
            return await calls.passOn(to: "n2", within: .seconds(15)) { _ in
                said.note(.call)
                return true
            } onCancel: { _ in
                said.note(.cancel)
            }
        }
        task.cancel()
        open.finish()
        guard case .lost = await task.value else {
            Issue.record("it is something else")
            return
        }
        #expect(said.all.contains(.call) && said.all.last == .cancel, "\(said.all)")
    }

    /// What was said, in order.
    private final class Log<Entry: Sendable>: Sendable {
        private let entries = Mutex<[Entry]>([])
        var all: [Entry] { entries.withLock { $0 } }
        func note(_ entry: Entry) { entries.withLock { $0.append(entry) } }
    }
}
