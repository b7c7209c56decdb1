import ChaosChecker
import Testing

@Suite("I8 in the checker of chaos runs")
struct DigestTests {
    private func invariants(_ replicas: [FinalState.Replica]) -> Set<Violation.Invariant> {
        var history = History.clean
        history.final.shards["1"] = replicas
        return Checker.invariants(of: history)
    }

    @Test("replicas that differ, at one index or at any")
    func different() {
        #expect(invariants([.init(node: "n1", digest: "aa"), .init(node: "n2", digest: "ab")]) == [.i8])
        #expect(
            invariants([.init(node: "n1", digest: "aa", index: 7), .init(node: "n2", digest: "ab", index: 7)]) == [.i8])
        #expect(
            invariants([.init(node: "n1", digest: "aa", index: 7), .init(node: "n2", digest: "aa", index: 7)]) == [])
    }

    @Test("replicas that do not come to one index")
    func apart() {
        #expect(
            invariants([.init(node: "n1", digest: "aa", index: 7), .init(node: "n2", digest: "ab", index: 8)]) == [.i8])
    }

    @Test("one that does not say, although the others agree; and too few of them")
    func silent() {
        let two: [FinalState.Replica] = [.init(node: "n1", digest: "aa"), .init(node: "n2", digest: "aa")]
        #expect(invariants(two) == [])
        #expect(invariants(two + [.init(node: "n3", digest: nil)]) == [.i8])
        #expect(invariants(Array(two.prefix(1))) == [.i8])
    }

    @Test("shards of which nothing is said")
    func missing() {
        var history = History.clean
        history.settings.shards = 2
        #expect(Checker.invariants(of: history) == [.i8])
        history.final.shards["2"] = history.final.shards["1"]
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("the final state is complete when all have spoken, at one index each")
    func complete() {
        var final = FinalState()
        #expect(!final.isDigested)
        final.shards["1"] = [.init(node: "n1", digest: "aa", index: 7), .init(node: "n2", digest: "aa", index: 7)]
        final.shards["2"] = [.init(node: "n1", digest: "aa", index: 9), .init(node: "n2", digest: "aa", index: 9)]
        #expect(final.isDigested)
        final.shards["2"]?[1].index = 8
        #expect(!final.isDigested)
        final.shards["2"]?[1] = .init(node: "n2", digest: nil, index: 9)
        #expect(!final.isDigested)
    }
}
