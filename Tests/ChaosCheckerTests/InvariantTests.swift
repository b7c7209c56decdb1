import ChaosChecker
import Testing

@Suite("The checker of chaos runs")
struct InvariantTests {
    @Test("a clean run passes")
    func clean() {
        #expect(Checker.violations(of: .clean) == [])
    }

    @Test("I1: a second holder while the first is certainly live")
    func twoHolders() {
        #expect(Checker.invariants(of: .twoLeases(at: 30, 33)) == [.i1])
    }

    @Test("I1: no violation when the first lease may have ended by a call without an answer")
    func unknownGiveBack() {
        var history = History.twoLeases(at: 30, 33)
        history.calls.append(.on("l7", .giveBack, by: "1", at: 31, .unknown))
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("I1: no violation when the first lease has expired")
    func expired() {
        #expect(Checker.invariants(of: .twoLeases(at: 30, 45)) == [])
    }

    @Test("a node that is cut off acknowledges a write")
    func loneNode() {
        var history = History.clean
        let call = history.calls.first { $0.kind == .report && $0.outcome == .done }
        #expect(call != nil)
        guard let call else { return }
        var fault = FaultRecord(
            number: 1, kind: "isolate", text: "", start: call.start - 2, end: call.end + 2, ending: "")
        fault.isolation = .init(node: call.node, from: call.start - 1, to: call.end + 1)
        history.faults = [fault]
        #expect(Checker.invariants(of: history) == [.lone])
        // One that had begun before, or that another node answered, may have been heard.
        history.faults[0].isolation = .init(node: "another", from: call.start - 1, to: call.end + 1)
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("I2: an acknowledged result that is not there")
    func lostResult() {
        var history = History.clean
        history.final.users["a"]?.verdicts = []
        #expect(Checker.invariants(of: history) == [.i2])
    }

    @Test("I2: an acknowledged result that is there under another lease only")
    func foreignResult() {
        var history = History.clean
        history.final.users["a"]?.verdicts[0].leases = ["l2"]
        #expect(Checker.invariants(of: history) == [.i2])
    }

    @Test("I2: an added user that is not there")
    func lostUser() {
        var history = History.clean
        history.final.users["c"] = nil
        #expect(Checker.invariants(of: history) == [.i2])
    }

    @Test("I2: a registered client that is not there")
    func lostClient() {
        var history = History.clean
        history.calls.append(.on(nil, .register, by: "3", at: 1, .done))
        #expect(Checker.invariants(of: history) == [.i2])
    }

    @Test("I2: what may have been deleted need not be there")
    func deleted() {
        var history = History.clean
        history.calls.append(.operate(.delete, ["a"], at: 40, .unknown))
        history.final.users["a"] = nil
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("I4: a result that counts twice with its client, or not at all")
    func countedTwice() {
        var history = History.clean
        history.final.clients["1"]?.results = 2
        #expect(Checker.invariants(of: history) == [])
        history.final.clients["1"]?.results = 3
        #expect(Checker.invariants(of: history) == [.i4])
        history.final.clients["1"]?.results = 1
        #expect(Checker.invariants(of: history) == [.i4])
    }

    @Test("I4: no violation when a report without an answer may be what counts")
    func countedPerhaps() {
        var history = History.clean
        history.calls.append(.granted("l7", to: "1", ["c"], at: 30))
        var report = Call.reported("l7", by: "1", ["c"], at: 31)
        report.outcome = .unknown
        history.calls.append(report)
        history.final.clients["1"] = .init(assigned: 2, done: 2, released: 0, held: 0, results: 3)
        #expect(Checker.invariants(of: history) == [])
        history.final.clients["1"]?.results = 2
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("I4: a lease that is held for ever")
    func heldForEver() {
        var history = History.clean
        history.calls.append(.granted("l7", to: "1", ["c"], at: 30))
        history.final.clients["1"] = .init(assigned: 2, done: 1, released: 0, held: 1)
        #expect(Checker.invariants(of: history) == [])
        history.final.hasEnded = true
        #expect(Checker.invariants(of: history) == [.i4])
    }

    @Test("I3: a stranger's result that was accepted")
    func stranger() {
        var history = History.clean
        history.calls.append(.reported("l2", by: "1", ["d"], at: 4.5))
        #expect(Checker.invariants(of: history).contains(.i3))
    }

    @Test("I3: a result that was accepted after the lease was given back")
    func afterGivingBack() {
        var history = History.clean
        history.calls.append(.granted("l7", to: "1", ["c"], at: 30))
        history.calls.append(.on("l7", .giveBack, by: "1", at: 31, .done))
        history.calls.append(.reported("l7", by: "1", ["c"], at: 33))
        history.calls.append(.operate(.recheck, ["c"], at: 29, .done))
        history.final.users["c"]?.verdicts.append(
            .init(verdict: "dm", validFrom: 33, validTo: nil, clients: ["1"], leases: ["l7"]))
        history.final.users["c"]?.verdicts[0].validTo = 33
        history.final.clients["1"]?.assigned += 1
        history.final.clients["1"]?.released += 1
        #expect(Checker.invariants(of: history) == [.i3])
    }

    @Test("I3: a result that was accepted under a lease whose user another had by then")
    func afterSuccessor() {
        var history = History.clean
        history.calls.append(.operate(.recheck, ["c"], at: 29, .done))
        history.calls.append(.granted("l7", to: "1", ["c"], at: 30))
        history.calls.append(.granted("l8", to: "2", ["c"], at: 45))
        history.calls.append(.reported("l7", by: "1", ["c"], at: 46))
        history.final.users["c"]?.verdicts.append(
            .init(verdict: "dm", validFrom: 46, validTo: nil, clients: ["1"], leases: ["l7"]))
        history.final.users["c"]?.verdicts[0].validTo = 46
        for client in ["1", "2"] {
            history.final.clients[client]?.assigned += 1
            history.final.clients[client]?.released += 1
        }
        #expect(Checker.invariants(of: history) == [.i3])
    }

    @Test("I3: a user that was accepted twice without a recheck")
    func twice() {
        var history = History.clean
        history.calls.append(.granted("l7", to: "1", ["c"], at: 30))
        history.calls.append(.reported("l7", by: "1", ["c"], at: 31))
        history.final.users["c"]?.verdicts.append(
            .init(verdict: "dm", validFrom: 31, validTo: nil, clients: ["1"], leases: ["l7"]))
        history.final.users["c"]?.verdicts[0].validTo = 31
        history.final.clients["1"]?.assigned += 1
        history.final.clients["1"]?.done += 1
        #expect(Checker.invariants(of: history) == [.i3])
    }

    @Test("I4: accounts that do not balance")
    func accounts() {
        var history = History.clean
        history.final.clients["1"]?.released += 1
        #expect(Checker.invariants(of: history) == [.i4])
    }

    @Test("I4: a lease that was given and is not counted")
    func uncounted() {
        var history = History.clean
        history.final.clients["1"] = .init(assigned: 0, done: 0, released: 0, held: 0)
        #expect(Checker.invariants(of: history) == [.i4])
    }

    /// The client asked for two leases, was given one, and is said to have been given two.
    private var unsaid: History {
        var history = History.clean
        history.calls[3].asked = 2
        history.final.clients["1"]?.assigned += 1
        history.final.clients["1"]?.released += 1
        return history
    }

    @Test("I4: a lease that nobody was told of")
    func untold() {
        #expect(Checker.invariants(of: unsaid) == [.i4])
    }

    @Test("I4: a lease that nobody was told of may have been left to recovery during a fault, but not before it")
    func untoldInFault() {
        var history = unsaid
        history.faults = [.init(number: 1, kind: "kill", text: "", start: 1, end: 2, ending: "")]
        #expect(Checker.invariants(of: history) == [])
        history.faults[0].start = 3
        history.faults[0].end = 4
        #expect(Checker.invariants(of: history) == [.i4])
    }

    @Test("I4: a wish that is granted a second time, and one that is shown again")
    func grantedTwice() {
        var history = History.clean
        history.calls.append(.granted("l1", to: "1", ["a", "b"], at: 2.5))
        #expect(Checker.invariants(of: history) == [])
        history.calls.append(.granted("l9", to: "1", ["x"], at: 2.6))
        history.calls[history.calls.count - 1].key = "l1"
        history.final.clients["1"]?.assigned += 1
        history.final.clients["1"]?.released += 1
        #expect(Checker.invariants(of: history) == [.i4])
    }

    @Test("I5: a deleted user that is back")
    func resurrected() {
        var history = History.clean
        history.final.users["x"] = .init(state: "done", verdicts: [])
        history.final.exported.insert("x")
        #expect(Checker.invariants(of: history) == [.i5])
    }

    @Test("I5: a deleted user that was added again may be there")
    func addedAgain() {
        var history = History.clean
        history.calls.append(.operate(.add, ["x"], at: 50, .unknown))
        history.final.users["x"] = .init(state: "failed", verdicts: [])
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("I6: a task that has not ended", arguments: ["pending", "bucketed", "leased"])
    func unended(state: String) {
        var history = History.clean
        history.final.users["b"]?.state = state
        #expect(Checker.invariants(of: history) == [.i6])
    }

    @Test("I6: counts that say that tasks wait")
    func waiting() {
        var history = History.clean
        history.final.waiting = 1
        #expect(Checker.invariants(of: history) == [.i6])
    }

    @Test("I7: a verdict that was not closed when the next began")
    func overwritten() {
        var history = History.clean
        history.final.users["a"]?.verdicts.append(
            .init(verdict: "dm", validFrom: 2, validTo: 9, clients: ["1"], leases: ["l0"]))
        #expect(Checker.invariants(of: history) == [.i7])
    }

    @Test("I8: replicas that differ, and one that does not say")
    func digests() {
        var history = History.clean
        history.final.shards["1"] = [.init(node: "n1", digest: "aa"), .init(node: "n2", digest: "ab")]
        #expect(Checker.invariants(of: history) == [.i8])
        history.final.shards["1"] = [.init(node: "n1", digest: "aa"), .init(node: "n2", digest: nil)]
        #expect(Checker.invariants(of: history) == [.i8])
    }

    @Test("an internal error is nobody's answer")
    func internalError() {
        var history = History.clean
        var call = Call.on("l1", .report, by: "1", at: 6, .unknown)
        call.status = 500
        history.calls.append(call)
        #expect(Checker.invariants(of: history) == [.run])
    }

    @Test("what the run itself saw go wrong counts")
    func incidents() {
        var history = History.clean
        history.incidents = ["n1 ended by itself with status 139"]
        #expect(Checker.invariants(of: history) == [.run])
    }
}
