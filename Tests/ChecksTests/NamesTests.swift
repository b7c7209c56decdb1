import Checks
import Testing

@Suite("Names as the interface writes them")
struct NamesTests {
    @Test("every verdict is found by its name, and nothing else is")
    func verdicts() {
        for verdict in Verdict.allCases { #expect(Verdict(name: verdict.name) == verdict) }
        for other in ["", "DM", "nonDM", "dm ", "deleted"] { #expect(Verdict(name: other) == nil) }
    }

    @Test("a screen name is folded; what holds another character, none or more than fifteen is none")
    func screenNames() {
        #expect(ScreenName("Some_Body9")?.folded == "some_body9")
        let line = "x,AbCdEfGhIjKlMnO,y"
        #expect(line.split(separator: ",").compactMap { ScreenName($0)?.folded } == ["x", "abcdefghijklmno", "y"])
        for other in ["", "a b", "é", "a-b", "abcdefghijklmnop", "a\0"] {
            #expect(ScreenName(other) == nil, "\(other)")
        }
    }
}
