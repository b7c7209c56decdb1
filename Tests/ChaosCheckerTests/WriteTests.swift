import ChaosChecker
import Testing

@Suite("I2 in the checker of chaos runs, for what leaves no result")
struct WriteTests {
    @Test("a recheck without a verdict since, unless the task failed or the user was deleted")
    func recheck() {
        var history = History.clean.with(.operate(.recheck, ["a"], at: 20, .done))
        #expect(Checker.invariants(of: history) == [.i2])
        #expect(Checker.invariants(of: .clean.with(.operate(.recheck, ["a"], at: 20, .unknown))) == [])
        let deleted = history.with(.operate(.delete, ["a"], at: 21, .unknown))
        #expect(Checker.invariants(of: deleted) == [])
        history.final.users["a"]?.state = "failed"
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("a recheck whose verdict has come")
    func rechecked() {
        var history = History.clean.with(.operate(.recheck, ["a"], at: 20, .done))
        history.final.users["a"]?.verdicts[0].validTo = 21
        history.final.users["a"]?.verdicts.append(
            .init(verdict: "dm", validFrom: 21, validTo: nil, clients: ["1"], leases: ["l9"]))
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("a mark without a task")
    func mark() {
        var history = History.clean.with(.operate(.mark, ["a"], at: 3, .done))
        #expect(Checker.invariants(of: history) == [])
        history.final.users["a"]?.state = "unmarked"
        #expect(Checker.invariants(of: history) == [.i2, .i6])
    }

    @Test("a client that unregistered and is active, unless it may have registered since")
    func unregistered() {
        var history = History.clean.with(.on(nil, .unregister, by: "1", at: 20, .done))
        #expect(Checker.invariants(of: history) == [.i2])
        #expect(Checker.invariants(of: history.with(.on(nil, .register, by: "1", at: 21, .unknown))) == [])
        #expect(Checker.invariants(of: history.with(.on(nil, .register, by: "1", at: 21, .notApplied))) == [.i2])
        history.final.clients["1"]?.state = "unregistered"
        #expect(Checker.invariants(of: history) == [])
        // Older runs do not have the state.
        history.final.clients["1"]?.state = nil
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("a client that registered and is gone, unless it may have unregistered since")
    func registered() {
        var history = History.clean
        history.final.clients["1"]?.state = "unregistered"
        #expect(Checker.invariants(of: history) == [.i2])
        #expect(Checker.invariants(of: history.with(.on(nil, .unregister, by: "1", at: 20, .unknown))) == [])
        #expect(Checker.invariants(of: history.with(.on(nil, .unregister, by: "1", at: -20, .unknown))) == [])
        #expect(Checker.invariants(of: history.with(.on(nil, .unregister, by: "1", at: -40, .unknown))) == [.i2])
    }

    /// The first client's list at that time: its first lease with these users.
    private func list(_ users: [String], at time: Double) -> Call {
        var call = Call.on(nil, .recollect, by: "1", at: time, .done)
        call.grants = [.init(id: "l1", service: "dmcheck", grantedAt: 2, deadline: 12, users: users)]
        return call
    }

    @Test("a list with a lease that had ended")
    func endedLease() {
        #expect(Checker.invariants(of: .clean.with(list(["a", "b"], at: 4.2))) == [.i2])
        // That one was asked for before the end was acknowledged.
        #expect(Checker.invariants(of: .clean.with(list(["a", "b"], at: 4.05))) == [])
    }

    @Test("a list with a user that was reported")
    func reportedUser() {
        var history = History.clean
        history.calls[6].rows.removeLast()
        history.calls[6].accepted = 1
        history.final.clients["1"]?.results = 1
        #expect(Checker.invariants(of: history.with(list(["b"], at: 6))) == [])
        #expect(Checker.invariants(of: history.with(list(["a", "b"], at: 6))) == [.i2])
    }
}
