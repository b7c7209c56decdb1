import ChaosChecker
import Testing

@Suite("I3 in the checker of chaos runs")
struct FencingTests {
    /// Somebody accepts a result for the user under that lease, and it counts.
    private func counted(_ history: History, _ lease: String, _ client: String, _ user: String, at time: Double)
        -> History
    {
        var history = history.with(.reported(lease, by: client, [user], at: time))
        history.decide(user, at: time, by: client, under: lease)
        return history
    }

    @Test("a stranger's result that was accepted")
    func stranger() {
        var history = History.clean.with(.reported("l2", by: "1", ["d"], at: 4.5))
        history.final.clients["1"]?.results = 3
        #expect(Checker.invariants(of: history) == [.i3])
    }

    @Test("a result under a lease that nobody was granted")
    func nobodysLease() {
        let history = counted(.clean.with(.operate(.recheck, ["a"], at: 8, .done)), "l0", "1", "a", at: 9)
        #expect(Checker.invariants(of: history) == [.i3])
    }

    @Test(
        "anything that a stranger does with a lease, unless it is refused",
        arguments: [Call.Kind.renew, .giveBack, .report])
    func misuse(kind: Call.Kind) {
        #expect(Checker.invariants(of: .clean.with(.on("l2", kind, by: "1", at: 3, .done))) == [.i3])
        #expect(Checker.invariants(of: .clean.with(.on("l2", kind, by: "1", at: 3, .refused))) == [])
        #expect(Checker.invariants(of: .clean.with(.on("l2", kind, by: "1", at: 3, .unknown))) == [])
    }

    @Test("a result for a user that is not in the lease, unless it was rejected or may have been discarded")
    func outsider() {
        var call = Call.reported("l1", by: "1", ["a", "b", "z"], at: 4.2)
        call.accepted = 1
        call.replayed = 2
        var history = History.clean.with(call)
        history.decide("z", at: 4.2, by: "1", under: "l1")
        #expect(Checker.invariants(of: history) == [.i3])
        call.accepted = 0
        call.rejected = ["z"]
        #expect(Checker.invariants(of: .clean.with(call)) == [])
        call.rejected = []
        call.discarded = 1
        #expect(Checker.invariants(of: .clean.with(call)) == [])
    }

    @Test(
        "a result after the lease was given back, released or unregistered",
        arguments: [Call.Kind.giveBack, .report, .unregister])
    func afterItsEnd(kind: Call.Kind) {
        var end = Call.on(kind == .unregister ? nil : "l7", kind, by: "1", at: 31, .done)
        end.release = kind == .report
        let history = History.oneMore().with(
            .operate(.recheck, ["c"], at: 29, .done), end, .on(nil, .register, by: "1", at: 32, .done))
        #expect(Checker.invariants(of: counted(history, "l7", "1", "c", at: 33)) == [.i3])
        // That one had begun before the end was acknowledged.
        #expect(Checker.invariants(of: counted(history, "l7", "1", "c", at: 31.05)) == [])
    }

    @Test("a result of before the lease was given back")
    func beforeItsEnd() {
        let history = History.oneMore().with(
            .operate(.recheck, ["c"], at: 29, .done), .on("l7", .giveBack, by: "1", at: 35, .done))
        #expect(Checker.invariants(of: counted(history, "l7", "1", "c", at: 33)) == [])
    }

    @Test("a result under a lease whose user another had by then")
    func afterSuccessor() {
        var history = History.oneMore().with(.operate(.recheck, ["c"], at: 29, .done))
        history.calls.append(.granted("l8", to: "2", ["c"], at: 45))
        history.final.clients["2"]?.assigned += 1
        history.final.clients["2"]?.released += 1
        #expect(Checker.invariants(of: counted(history, "l7", "1", "c", at: 46)) == [.i3])
        #expect(Checker.invariants(of: counted(history, "l7", "1", "c", at: 41)) == [])
    }

    @Test("a user that was accepted twice without a recheck, or with one")
    func twice() {
        #expect(Checker.invariants(of: counted(.oneMore(), "l7", "1", "c", at: 31)) == [.i3])
        let asked = History.oneMore().with(.operate(.recheck, ["c"], at: 29, .done))
        #expect(Checker.invariants(of: counted(asked, "l7", "1", "c", at: 31)) == [])
    }

    @Test("a renewal of a lease that was given back, or reported whole")
    func renewedAfterItsEnd() {
        let given = History.oneMore().with(.on("l7", .giveBack, by: "1", at: 31, .done))
        #expect(Checker.invariants(of: given.with(.on("l7", .renew, by: "1", at: 33, .done))) == [.i3])
        #expect(Checker.invariants(of: given.with(.on("l7", .renew, by: "1", at: 31.05, .done))) == [])
        #expect(Checker.invariants(of: .clean.with(.on("l1", .renew, by: "1", at: 4.2, .done))) == [.i3])
        #expect(Checker.invariants(of: .clean.with(.on("l1", .renew, by: "1", at: 4.05, .done))) == [])
    }
}
