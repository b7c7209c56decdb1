import CheckClient
import Testing

@Suite("Where a call is tried next")
struct FailOverTests {
    @Test("every node once, beginning with the one that answered last, then a pause")
    func round() {
        var failOver = FailOver(nodes: 3, first: 1, now: 0, patience: 10)
        #expect(failOver.node == 1)
        #expect(failOver.after(.unreachable, now: 0) == .send(node: 2))
        #expect(failOver.after(.unreachable, now: 0) == .send(node: 0))
        #expect(failOver.after(.unreachable, now: 0) == .wait(seconds: 0.25, node: 1))
    }

    @Test("pauses double, and end with the caller's patience")
    func patience() {
        var failOver = FailOver(nodes: 1, first: 0, now: 0, patience: 4)
        var now = 0.0
        var pauses: [Double] = []
        while case .wait(let seconds, _) = failOver.after(.unreachable, now: now) {
            pauses.append(seconds)
            now += seconds
        }
        #expect(pauses == [0.25, 0.5, 1, 2])
    }

    @Test("the longest Retry-After of a round is honoured")
    func retryAfter() {
        var failOver = FailOver(nodes: 2, first: 0, now: 0, patience: 60)
        #expect(failOver.after(.unavailable(retryAfter: 7), now: 0) == .send(node: 1))
        #expect(failOver.after(.unavailable(retryAfter: 3), now: 0) == .wait(seconds: 7, node: 0))
    }

    @Test("a caller that asks too much waits, and does not go to another node")
    func limited() {
        var failOver = FailOver(nodes: 2, first: 0, now: 0, patience: 60)
        #expect(failOver.after(.limited(retryAfter: 5), now: 0) == .wait(seconds: 5, node: 0))
    }

    @Test("when no node's certificate is trusted there is nothing to wait for")
    func untrusted() {
        var failOver = FailOver(nodes: 2, first: 0, now: 0, patience: 60)
        #expect(failOver.after(.untrusted, now: 0) == .send(node: 1))
        #expect(failOver.after(.untrusted, now: 0) == .giveUp)
    }
}
