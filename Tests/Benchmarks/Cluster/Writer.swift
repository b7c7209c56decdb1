import NIOCore
import Synchronization

/// Adds users one call after the other, at whichever node answers, and keeps when each call was acknowledged.
///
/// A call that is refused for the moment or not answered is made again as it is, at the next node, after a moment: what is
/// measured is how long the cluster cannot acknowledge, not how long clients wait between two attempts.
final class Writer: Sendable {
    private struct State {
        var stopped = false
        var acknowledged: [ContinuousClock.Instant] = []
        var attempts = 0
    }

    private let endpoints: [Endpoint]
    private let token: String
    private let state = Mutex(State())

    init(_ endpoints: [Endpoint], token: String) {
        self.endpoints = endpoints
        self.token = token
    }

    func stop() { state.withLock { $0.stopped = true } }

    /// How many calls were acknowledged, and how many attempts that took.
    var tally: (acknowledged: Int, attempts: Int) { state.withLock { ($0.acknowledged.count, $0.attempts) } }

    /// The longest time without an acknowledgement that lies, in part at least, between these moments, and how long after the
    /// first of them it began; in seconds.
    func longestGap(from begin: ContinuousClock.Instant, to end: ContinuousClock.Instant) -> (
        seconds: Double, at: Double
    ) {
        state.withLock { state in
            var previous = state.acknowledged.last { $0 <= begin } ?? begin
            var longest = (length: Duration.zero, from: begin)
            for moment in state.acknowledged where moment > begin {
                if moment - previous > longest.length { longest = (moment - previous, previous) }
                previous = moment
                if moment > end { break }
            }
            if previous < end, end - previous > longest.length { longest = (end - previous, previous) }
            return (longest.length.seconds, (longest.from - begin).seconds)
        }
    }

    /// Writes until it is stopped.
    func run() async throws {
        var position = 0
        var connection: OperatorConnection?
        var call = 0
        while !state.withLock({ $0.stopped }) {
            let body = body(call)
            state.withLock { $0.attempts += 1 }
            do {
                let open =
                    if let connection { connection } else {
                        try await OperatorConnection(endpoints[position], token: token)
                    }
                connection = open
                try await open.call(
                    "POST", "/v1/users", body: body, patience: .milliseconds(Limits.writerPatienceMilliseconds))
                state.withLock { $0.acknowledged.append(.now) }
                call += 1
            } catch {
                connection?.abandon()
                connection = nil
                position = (position + 1) % endpoints.count
                try await endpoints[position].group.next().scheduleTask(in: .milliseconds(10)) {}.futureResult.get()
            }
        }
        await connection?.close()
    }

    private func body(_ call: Int) -> [UInt8] {
        let rows = (0..<Limits.usersPerWrite).map { "{\"screenName\":\"w\(String(call, radix: 36))_\($0)\"}" }
        return Array("{\"users\":[\(rows.joined(separator: ","))]}".utf8)
    }
}
