import CheckClient
import Testing
import dmcheck

@Suite("A command as a checker")
struct ExecCheckerTests {
    /// Runs a command over some users; what it said, and how it failed, if it did.
    private func check(
        _ command: String, _ names: [String]
    ) async -> (said: [CheckerLine], failure: CheckerFailure?) {
        let users = AsyncStream<UserReference> { continuation in
            for name in names { continuation.yield(UserReference(screenName: name)) }
            continuation.finish()
        }
        let (lines, feed) = AsyncStream.makeStream(of: CheckerLine.self)
        var failure: CheckerFailure?
        do {
            try await ExecChecker(command: command).check(users) { feed.yield($0) }
        } catch {
            failure = error as? CheckerFailure ?? CheckerFailure("\(error)")
        }
        feed.finish()
        var said: [CheckerLine] = []
        for await line in lines { said.append(line) }
        return (said, failure)
    }

    private func result(_ name: String, _ verdict: Verdict) -> CheckerLine {
        .result(CheckResult(screenName: name, verdict: verdict))
    }

    @Test("it reads users line by line and answers line by line")
    func lineByLine() async {
        let command = #"while read -r line; do echo "$line" | sed 's/}$/,"verdict":"dm"}/'; done"#
        let outcome = await check(command, ["a", "b", "c"])
        #expect(outcome.said == [result("a", .dm), result("b", .dm), result("c", .dm)])
        #expect(outcome.failure == nil)
    }

    @Test("it may read everything before it answers")
    func readsAll() async {
        let outcome = await check(#"sort | sed 's/}$/,"verdict":"non_dm"}/'"#, ["b", "a"])
        #expect(outcome.said == [result("a", .nonDM), result("b", .nonDM)])
        #expect(outcome.failure == nil)
    }

    @Test("what it said before a crash counts, and the crash is told with its status")
    func crash() async {
        let command = #"read -r line; echo "$line" | sed 's/}$/,"verdict":"dm"}/'; exit 3"#
        let outcome = await check(command, ["a", "b"])
        #expect(outcome.said == [result("a", .dm)])
        #expect(outcome.failure?.description.contains("3") == true)
    }

    @Test("a command that reads nothing and leaves at once does not block the volunteer")
    func readsNothing() async {
        let names = (0..<5000).map { "user\($0)" }
        let outcome = await check("exit 0", names)
        #expect(outcome.said.isEmpty)
        #expect(outcome.failure == nil)
    }

    @Test("a command that does not exist is a failure")
    func noSuchCommand() async {
        #expect(await check("/nowhere/check 2>/dev/null", ["a"]).failure?.description.contains("127") == true)
    }

    @Test("a line that is no result is told")
    func unreadable() async {
        #expect(await check("echo hello; cat >/dev/null", ["a"]).said == [.unreadable("hello")])
    }
}
