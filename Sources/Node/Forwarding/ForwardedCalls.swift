import Coordinator
import Synchronization

/// Whoever answers calls that other nodes passed on.
protocol ForwardedCallResponding: Sendable {
    func answer(_ call: ForwardedCall) async -> ForwardedAnswer
}

/// Calls that were passed on and wait for their answers, and those that came from other nodes and are carried out here.
package final class ForwardedCalls: Sendable {
    private struct Waiting {
        let node: NodeName
        /// Rounds of ``round`` in which it may still be answered.
        var rounds: Int
        let continuation: CheckedContinuation<ForwardedAnswer, Never>
    }

    private struct Served: Hashable {
        let node: NodeName
        let number: CallNumber
    }

    private struct State {
        var last: UInt64 = 0
        var waiting: [CallNumber: Waiting] = [:]
        var served: [Served: Task<Void, Never>?] = [:]
        var responder: (any ForwardedCallResponding)?
    }

    /// Calls of others carried out at once: as many as requests that one coordinator takes.
    private static let limit = 8192
    /// How often those who wait are looked at: a small part of how long they wait.
    private static let round = Duration.seconds(1)
    private let state = Mutex(State())

    package init() {}

    /// From now on calls of others are answered by `responder`.
    func connect(_ responder: any ForwardedCallResponding) {
        state.withLock { $0.responder = responder }
    }

    // MARK: Out

    /// Sends a call and waits for its answer, or for the link to break, or until it has taken too long: an answer that finds no
    /// link back is lost, and nobody can say so.
    ///
    /// - Parameters:
    ///   - send: says whether the call is on its way. If not, nobody has heard of it.
    ///   - onCancel: tells the other node that nobody waits; called again after `send` when the task was cancelled before.
    package func passOn(
        to node: NodeName, within patience: Duration, send: @escaping @Sendable (CallNumber) -> Bool,
        onCancel: @escaping @Sendable (CallNumber) -> Void
    ) async -> ForwardedAnswer {
        let rounds = Int(patience / Self.round)
        let number = state.withLock { state in
            state.last += 1
            return CallNumber(rawValue: state.last)
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock {
                    $0.waiting[number] = Waiting(node: node, rounds: rounds, continuation: continuation)
                }
                // It waits before it is sent: a link that breaks after that ends the waiting.
                if !send(number) {
                    finish(number, with: .elsewhere)
                } else if Task.isCancelled {
                    // The other node may have been told so before it heard of the call.
                    onCancel(number)
                    finish(number, with: .lost)
                }
            }
        } onCancel: {
            onCancel(number)
            finish(number, with: .lost)
        }
    }

    /// Runs until the task is cancelled: whoever waits for too long is told that no answer comes.
    func watch(_ clock: any NodeClock) async {
        while (try? await clock.sleep(until: clock.now().monotonic + Self.round)) != nil { passRound() }
    }

    /// A round is over.
    package func passRound() {
        let late = state.withLock { state in
            for number in state.waiting.keys { state.waiting[number]?.rounds -= 1 }
            let late = state.waiting.filter { $0.value.rounds < 0 }
            for number in late.keys { state.waiting[number] = nil }
            return late.values.map(\.continuation)
        }
        for continuation in late { continuation.resume(returning: .silent) }
    }

    package func take(_ answer: ForwardedAnswer, to number: CallNumber, from node: NodeName) {
        guard state.withLock({ $0.waiting[number]?.node }) == node else { return }
        finish(number, with: answer)
    }

    private func finish(_ number: CallNumber, with answer: ForwardedAnswer) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.continuation.resume(returning: answer)
    }

    /// The node is not heard: whoever waits for it is told so.
    func giveUp(at node: NodeName) {
        let given = state.withLock { state in
            let given = state.waiting.filter { $0.value.node == node }
            for number in given.keys { state.waiting[number] = nil }
            return given.values.map(\.continuation)
        }
        for continuation in given { continuation.resume(returning: .silent) }
    }

    /// The link to a node broke: what was passed on to it is not known, and nobody there waits for an answer any more.
    package func lose(at node: NodeName) {
        let (lost, served) = state.withLock { state in
            let lost = state.waiting.filter { $0.value.node == node }
            for number in lost.keys { state.waiting[number] = nil }
            let served = state.served.filter { $0.key.node == node }
            for key in served.keys { state.served[key] = nil }
            return (lost.values.map(\.continuation), served.values.map { $0 })
        }
        for continuation in lost { continuation.resume(returning: .lost) }
        for task in served { task?.cancel() }
    }

    // MARK: In

    /// Carries out another node's call.
    func serve(
        _ number: CallNumber, from node: NodeName, _ call: ForwardedCall,
        answer: @escaping @Sendable (ForwardedAnswer) -> Void
    ) {
        let key = Served(node: node, number: number)
        let responder: (any ForwardedCallResponding)? = state.withLock { state in
            guard state.served.count < Self.limit else { return nil }
            state.served[key] = .some(nil)
            return state.responder
        }
        guard let responder else {
            forget(key)
            return answer(.elsewhere)
        }
        let task = Task {
            let answered = await responder.answer(call)
            answer(answered)
            self.forget(key)
        }
        state.withLock { state in
            // It may have ended by now.
            if state.served[key] != nil { state.served[key] = task }
        }
    }

    private func forget(_ key: Served) { state.withLock { _ = $0.served.removeValue(forKey: key) } }

    /// Nobody waits for the answer any more.
    func cancel(_ number: CallNumber, from node: NodeName) {
        (state.withLock { $0.served[Served(node: node, number: number)] } ?? nil)?.cancel()
    }
}
