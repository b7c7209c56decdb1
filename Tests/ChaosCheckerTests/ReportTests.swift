import ChaosChecker
import Foundation
import Testing

@Suite("What a chaos run reports")
struct ReportTests {
    private let fault = FaultRecord(number: 1, kind: "kill", text: "kill -9 <n2>", start: 10, end: 20, ending: "back")

    /// A report to that node, under a lease of that shard, that took a tenth of a second.
    private func call(_ node: String, _ lease: String, at time: Double, _ outcome: Call.Outcome = .done) -> Call {
        var call = Call.on(lease, .report, by: "1", at: time, outcome)
        call.node = node
        return call
    }

    private let shard1 = "AAE" + String(repeating: "x", count: 21)
    private let shard5 = "AAU" + String(repeating: "x", count: 21)

    @Test("a lease's name tells its shard, others tell none")
    func shards() {
        // The first 16 of 18 bits.
        #expect(call("n1", "AAU" + String(repeating: "x", count: 21), at: 1).shard == "5")
        #expect(call("n1", "AAU", at: 1).shard == nil)
        #expect(call("n1", "!AU" + String(repeating: "x", count: 21), at: 1).shard == nil)
    }

    @Test("one node that is silent is seen beside others that serve, and so is one shard")
    func outages() {
        var calls: [Call] = []
        for second in 10..<30 {
            calls.append(call("n1", shard1, at: Double(second)))
            calls.append(call("n2", shard1, at: Double(second) + 0.5, second < 18 ? .notApplied : .done))
            calls.append(call("n3", shard5, at: Double(second) + 0.2, second < 13 ? .unknown : .done))
        }
        let seen = Recovery(fault, calls.sorted { $0.end < $1.end }, until: 30)
        #expect(seen.longestGap < 1.1)
        #expect(seen.nodeOutage?.of == "n2")
        #expect(abs((seen.nodeOutage?.seconds ?? 0) - 8.1) < 0.01)
        #expect(seen.shardOutage?.of == "5")
        #expect(abs((seen.shardOutage?.seconds ?? 0) - 3.1) < 0.01)
        #expect(abs((seen.lastFailure ?? 0) - 7.6) < 0.01)
    }

    @Test("whoever went away on purpose has seen no failure")
    func abandoned() {
        var gone = call("n1", shard1, at: 12, .unknown)
        #expect(Recovery(fault, [gone], until: 30).lastFailure != nil)
        gone.isAbandoned = true
        let seen = Recovery(fault, [gone], until: 30)
        #expect(seen.lastFailure == nil)
        #expect(seen.nodeOutage == nil)
        #expect(seen.unknown == 1)
    }

    @Test("the first acknowledged write is one that began after the fault")
    func firstWrite() {
        let calls = [call("n1", shard1, at: 9.95), call("n1", shard1, at: 12), call("n1", shard1, at: 40)]
        let seen = Recovery(fault, calls, until: 30)
        #expect(seen.calls == 2)
        #expect(abs((seen.firstWrite ?? 0) - 2.1) < 0.01)
        #expect(abs(seen.longestGap - 17.9) < 0.01)
        #expect(Recovery(fault, [], until: 30).firstWrite == nil)
    }

    @Test("each invariant says what it was held against, and that it was not exercised when that is nothing")
    func extents() {
        let lines = Figures(.clean, []).lines
        #expect(lines.contains("I1: holds (2 of 2 leases)"))
        #expect(lines.contains("I8: holds (2 replicas of 1 shards)"))
        #expect(lines.contains("minority: not exercised (0 writes)"))
        #expect(lines.last == "verdict: everything holds")
        let violated = Figures(.clean, [Violation(.i8, "shard 1")]).lines
        #expect(violated.contains("I8: VIOLATED, 1 times (2 replicas of 1 shards)"))
        #expect(violated.last == "verdict: 1 VIOLATIONS")
    }

    @Test("the figures name the worst of each kind of fault")
    func worst() {
        var history = History.clean
        history.faults = [fault]
        history.calls += [call("n2", "l1", at: 12, .unknown), call("n2", "l1", at: 15)]
        let lines = Figures(history, []).lines
        #expect(lines.contains("longest time without one from a node that was asked, worst: kill 3.1 s"))
        #expect(lines.contains("last failure after a fault, worst: kill 2.1 s"))
    }

    @Test("the page shows the faults and escapes what they say")
    func page() {
        var history = History.clean
        history.faults = [fault]
        let html = TimelinePage(history, [], log: ["a < b & c"]).html
        #expect(html.contains("kill -9 &lt;n2>"))
        #expect(!html.contains("<n2>"))
        #expect(html.contains("a &lt; b &amp; c"))
        #expect(html.contains("<th>last failure"))
        #expect(html.components(separatedBy: "<circle").count - 1 == history.calls.count)
    }
}
