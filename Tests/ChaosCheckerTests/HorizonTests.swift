import ChaosChecker
import Testing

@Suite("What is unknown to the checker does not stay unknown for ever")
struct HorizonTests {
    @Test("I1: an unregistration without an answer excuses what was asked for within half a minute of it")
    func unregistration() {
        let unregistration = Call.on(nil, .unregister, by: "1", at: 20, .unknown)
        #expect(Checker.invariants(of: .twoLeases(at: 30, 33).with(unregistration)) == [])
        #expect(Checker.invariants(of: .twoLeases(at: 60, 63).with(unregistration)) == [.i1])
    }

    @Test("I1: what a fault holds up may happen as long after the fault")
    func fault() {
        var history = History.twoLeases(at: 60, 63).with(.on(nil, .unregister, by: "1", at: 20, .unknown))
        history.faults = [.init(number: 1, kind: "pause", text: "", start: 19, end: 40, ending: "")]
        #expect(Checker.invariants(of: history) == [])
        // That one began later.
        history.faults[0].start = 21
        #expect(Checker.invariants(of: history) == [.i1])
    }

    @Test("I1: a deletion ends the leases that its user was in, and none that was asked for later")
    func deletion() {
        let leases = History.twoLeases(at: 30, 33)
        let before = leases.with(.operate(.delete, ["c"], at: 25, .done), .operate(.add, ["c"], at: 26, .done))
        #expect(Checker.invariants(of: before) == [.i1])
        let between = leases.with(.operate(.delete, ["c"], at: 31, .done), .operate(.add, ["c"], at: 32, .done))
        #expect(Checker.invariants(of: between) == [])
        let unknown = leases.with(.operate(.delete, ["c"], at: 25, .unknown))
        #expect(Checker.invariants(of: unknown) == [])
    }

    @Test("I1: a lease that an earlier call with the same key may have made is as old as that call")
    func replay() {
        var first = Call.on(nil, .lease, by: "1", at: 30, .unknown)
        first.key = "l7"
        first.asked = 1
        var history = History.twoLeases(at: 40, 39)
        history.calls += [.operate(.delete, ["c"], at: 31, .done), .operate(.add, ["c"], at: 32, .done)]
        #expect(Checker.invariants(of: history) == [.i1])
        history.calls.append(first)
        #expect(Checker.invariants(of: history) == [])
    }

    @Test("I2, I5: a deletion without an answer excuses what it may have come after")
    func lostUser() {
        var history = History.clean
        history.final.users["a"] = nil
        history.final.exported.remove("a")
        #expect(Checker.invariants(of: history.with(.operate(.delete, ["a"], at: -20, .unknown))) == [])
        #expect(Checker.invariants(of: history.with(.operate(.delete, ["a"], at: -40, .unknown))) == [.i2])
    }

    @Test("I5: an addition without an answer excuses a user that is back for half a minute")
    func resurrected() {
        var history = History.clean
        history.final.users["x"] = .init(state: "failed", verdicts: [])
        #expect(Checker.invariants(of: history.with(.operate(.add, ["x"], at: -20, .unknown))) == [])
        #expect(Checker.invariants(of: history.with(.operate(.add, ["x"], at: -40, .unknown))) == [.i5])
    }

    @Test("I3: a recheck without an answer excuses a second result for half a minute")
    func twice() {
        var history = History.oneMore(at: 70).with(.reported("l7", by: "1", ["c"], at: 71))
        history.decide("c", at: 71, by: "1", under: "l7")
        #expect(Checker.invariants(of: history.with(.operate(.recheck, ["c"], at: -20, .unknown))) == [])
        #expect(Checker.invariants(of: history.with(.operate(.recheck, ["c"], at: -40, .unknown))) == [.i3])
    }
}
