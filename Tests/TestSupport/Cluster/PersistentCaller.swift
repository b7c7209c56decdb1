import NIOHTTP1
import Synchronization
import Testing

/// A client that goes on through faults: a call without an answer, or refused for the moment, is made again as it is, at the
/// next node of its list. It keeps how it fared.
package final class PersistentCaller: Sendable {
    private struct State {
        var position: Int
        var refusals: [Int: Int] = [:]
        var silences = 0
        var answers = 0
        var lastAnswer: ContinuousClock.Instant?
        var longestGap = Duration.zero

        mutating func answered() {
            answers += 1
            longestGap = gap
            lastAnswer = .now
        }

        /// The longest so far, the one that has not ended yet included.
        var gap: Duration { lastAnswer.map { max(longestGap, .now - $0) } ?? longestGap }
    }

    private let nodes: [API]
    private let state: Mutex<State>

    /// - Parameter home: the node that is asked first.
    package init(_ nodes: [API], home: Int = 0) {
        self.nodes = nodes
        state = Mutex(State(position: home % nodes.count))
    }

    /// Makes the call until it is answered; 429, 503 and 504 are no answer. Fails after `limit`.
    package func answered(
        within limit: Duration = .seconds(60), sourceLocation: SourceLocation = #_sourceLocation,
        _ call: (API) async throws -> Answer
    ) async throws -> Answer {
        let deadline = ContinuousClock.now + limit
        var last = "nothing"
        while ContinuousClock.now < deadline {
            do {
                let answer = try await call(nodes[state.withLock { $0.position }])
                guard [429, 503, 504].contains(answer.status) else {
                    state.withLock { $0.answered() }
                    return answer
                }
                last = answer.text
                state.withLock { $0.refusals[answer.status, default: 0] += 1 }
            } catch {
                last = "\(error)"
                state.withLock { $0.silences += 1 }
            }
            state.withLock { $0.position = ($0.position + 1) % nodes.count }
            // As soon as a client may: what is looked for is how long the cluster cannot answer, not how long clients wait.
            try await Task.sleep(for: .milliseconds(20))
        }
        try #require(Bool(false), "no answer within \(limit), at last: \(last)", sourceLocation: sourceLocation)
        throw CancellationError()
    }

    /// The longest time without an answer, so far.
    package var longestGap: Duration { state.withLock { $0.gap } }

    /// How often a node refused for the moment, by status.
    package var refusals: [Int: Int] { state.withLock { $0.refusals } }

    /// How often a call got no answer: the connection failed or the client's patience ended.
    package var silences: Int { state.withLock { $0.silences } }

    /// Begins to measure gaps anew.
    package func forgetGaps() { state.withLock { ($0.longestGap, $0.lastAnswer) = (.zero, .now) } }

    /// Returns once so many more of its calls were answered.
    package func waitForAnswers(_ count: Int, within limit: Duration = .seconds(60)) async throws {
        let enough = state.withLock { $0.answers } + count
        try await eventually(within: limit, "\(count) more answers") { state.withLock { $0.answers } >= enough }
    }
}
