import Testing
import dmcheck_chaos

@Suite("The names of faults")
struct FaultKindTests {
    @Test("a kind's name is that kind", arguments: FaultKind.allCases)
    func kinds(kind: FaultKind) throws {
        #expect(try FaultKind.parse(kind.rawValue) == [kind])
    }

    @Test("a family's name is all of its kinds, and no kind has that name", arguments: FaultKind.families.keys.sorted())
    func families(name: String) throws {
        let kinds = try #require(FaultKind.families[name])
        #expect(try FaultKind.parse(name) == kinds)
        #expect(kinds.count > 1 && Set(kinds).count == kinds.count)
        #expect(FaultKind(rawValue: name) == nil)
    }

    @Test("a list is taken in its order, and an empty one is empty")
    func lists() throws {
        #expect(try FaultKind.parse("kill,packets,pause") == [.kill, .delay, .loss, .reorder, .pause])
        #expect(try FaultKind.parse("") == [])
        #expect(try FaultKind.parse(",kill,") == [.kill])
    }

    @Test("whatever is no name is named, all of it, with what there is instead")
    func unknown() throws {
        let error = try #require(throws: ChaosError.self) { try FaultKind.parse("kill,killl,Kill, pause") }
        guard case .unknownFaults(["killl", "Kill", " pause"]) = error else {
            Issue.record("it is \(error)")
            return
        }
        let offered = try #require(error.description.split(separator: "; there are ").last).split(separator: ", ")
        #expect(offered.map(String.init) == FaultKind.allCases.map(\.rawValue) + FaultKind.families.keys.sorted())
    }
}
