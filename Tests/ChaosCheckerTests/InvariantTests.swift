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
        // One that had begun before, that was answered afterwards, or that another node answered, may have been heard.
        for isolation: FaultRecord.Isolation in [
            .init(node: "another", from: call.start - 1, to: call.end + 1),
            .init(node: call.node, from: call.start + 0.01, to: call.end + 1),
            .init(node: call.node, from: call.start - 1, to: call.end - 0.01),
        ] {
            history.faults[0].isolation = isolation
            #expect(Checker.invariants(of: history) == [])
        }
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
        history.final.hasEnded = false
        #expect(Checker.invariants(of: history) == [])
        history.final.hasEnded = true
        #expect(Checker.invariants(of: history) == [.i4])
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

    @Test("I6: most tasks failed, and one of them")
    func failed() {
        var history = History.clean
        history.final.users["a"]?.state = "failed"
        #expect(Checker.invariants(of: history) == [])
        for user in ["b", "c"] { history.final.users[user]?.state = "failed" }
        #expect(Checker.invariants(of: history) == [.i6])
    }

    @Test("I7: two current verdicts, none, and one after another")
    func currentVerdicts() {
        var history = History.clean
        history.final.users["a"]?.verdicts[0].validTo = 9
        #expect(Checker.invariants(of: history) == [.i7])
        history.final.users["a"]?.verdicts.append(
            .init(verdict: "dm", validFrom: 9, validTo: nil, clients: ["1"], leases: ["l0"]))
        #expect(Checker.invariants(of: history) == [])
        history.final.users["a"]?.verdicts[0].validTo = nil
        #expect(Checker.invariants(of: history) == [.i7])
    }

    @Test("I7: a verdict that was not closed when the next began")
    func overwritten() {
        var history = History.clean
        history.final.users["a"]?.verdicts.append(
            .init(verdict: "dm", validFrom: 2, validTo: 9, clients: ["1"], leases: ["l0"]))
        #expect(Checker.invariants(of: history) == [.i7])
    }

    @Test("an internal error is nobody's answer")
    func internalError() {
        var history = History.clean
        var call = Call.on("l1", .report, by: "1", at: 6, .unknown)
        call.status = 500
        history.calls.append(call)
        #expect(Checker.invariants(of: history) == [.run])
    }

    @Test("an answer that says yes and cannot be read")
    func malformed() {
        var history = History.clean
        var call = Call.on("l1", .renew, by: "1", at: 3, .done)
        history.calls.append(call)
        #expect(Checker.invariants(of: history) == [])
        call.malformed = "yesterday is no time"
        history.calls[history.calls.count - 1] = call
        #expect(Checker.invariants(of: history) == [.run])
    }

    @Test("a run in which nothing happened shows nothing")
    func empty() {
        let invariants = Checker.invariants(of: History(settings: Settings(graceSeconds: 3)))
        #expect(invariants == [.run, .i8])
        var history = History.clean
        history.calls.removeAll { $0.kind == .report }
        for client in ["1", "2"] { history.final.clients[client]?.results = 0 }
        #expect(Checker.invariants(of: history) == [.run])
    }

    @Test("what the run itself saw go wrong counts")
    func incidents() {
        var history = History.clean
        history.incidents = ["n1 ended by itself with status 139"]
        #expect(Checker.invariants(of: history) == [.run])
    }
}
