import Testing
import dmcheck

@Suite("What people read")
struct OutputTests {
    @Test("columns are as wide as their widest cell, and lines end without blanks")
    func table() {
        var table = TextTable("NAME", "STATE")
        #expect(
            table.lines([["alice", "done"], ["b", ""]]) == ["NAME   STATE", "alice  done", "b"])
        #expect(table.lines([["c", "x"]]) == ["c      x"], "a later part has no header")
    }

    @Test("facts have their values in one column")
    func facts() {
        #expect(TextTable.facts([("a", "1"), ("long", "2")]) == "a     1\nlong  2")
    }

    @Test(
        "durations are told in their two largest units",
        arguments: [(0.0, "0 s"), (59.4, "59 s"), (61, "1 min 1 s"), (3600, "1 h"), (90_061, "1 d 1 h")])
    func duration(seconds: Double, text: String) {
        #expect(Wording.duration(seconds: seconds) == text)
    }

    @Test(
        "numbers have a fraction only where there is one", arguments: [(3.0, "3"), (0.126, "0.13"), (1e6, "1000000")])
    func number(value: Double, text: String) {
        #expect(Wording.number(value) == text)
    }

    @Test("a tally begins with the largest")
    func tally() {
        #expect(Wording.tally(["b": 1, "a": 1, "c": 9]) == "c 9, a 1, b 1")
    }
}
