import CheckClient
import Testing
import dmcheck

@Suite("How the program ends")
struct EndingTests {
    /// The ending of a command line that is not run because it cannot be, or is help.
    private func ending(_ arguments: String...) async -> Ending? {
        await CommandLineParsing.ending(of: arguments)
    }

    @Test(
        "wrong usage is 2, with the usage on standard error",
        arguments: [
            ["bogus"], ["users"] + ["mark"], ["users", "list", "--limit", "0"], ["work"],
            ["work", "--profile", "p", "--processes", "0"], ["work", "--profile", "p", "--speed", "-1"],
            ["work", "--profile", "p", "--checker", "magic"], ["invite", "create", "--expires", "soon"],
            ["service", "set", "dmcheck", "leaseSeconds=long"], ["start", "--shards", "0"],
            ["start", "--http", "here"], ["start", "--join", "there"], ["join-token", "create", "--uses", "0"],
            ["node", "drain"], ["node", "remove"], ["shard", "move", "3"],
        ])
    func wrongUsage(arguments: [String]) async throws {
        let ending = try #require(await CommandLineParsing.ending(of: arguments))
        #expect(ending.code == 2)
        #expect(ending.standardOutput.isEmpty)
        #expect(ending.standardError.contains("Usage:"))
    }

    @Test("help is 0, on standard output", arguments: [["--help"], ["work", "--help"], ["users", "add", "--help"]])
    func help(arguments: [String]) async throws {
        let ending = try #require(await CommandLineParsing.ending(of: arguments))
        #expect(ending.code == 0)
        #expect(ending.standardOutput.contains("USAGE:"))
        #expect(ending.standardError.isEmpty)
    }

    @Test("a refusal is 1, with one line on standard error: what, why, what to do")
    func refusal() {
        let problem = Problem(
            slug: "unauthenticated", status: 401, title: "Not authenticated", detail: "the token is\nunknown")
        let ending = Ending(of: ClientError.refused(problem))
        #expect(ending.code == 1)
        #expect(
            ending.standardError
                == "dmcheck: Not authenticated; the token is unknown; "
                + "check the token (--token-file) or register the client again")
    }

    @Test("what is right parses")
    func rightUsage() async {
        #expect(await ending("work", "--profile", "p", "--checker", "exec:./check.sh", "--processes", "3") == nil)
        #expect(await ending("users", "recheck", "--older-than", "30d") == nil)
        #expect(await ending("settings", "set", "malfunction.deadShare=0.4") == nil)
        #expect(await ending("start", "--join", "a:1", "--join", "b:2", "--join-token-file", "t") == nil)
        #expect(await ending("join-token", "create", "--uses", "2", "--expires", "30m") == nil)
        #expect(await ending("node", "remove", "n2", "--wait", "--timeout", "10m") == nil)
        #expect(await ending("shard", "move", "3", "--to", "n2") == nil)
    }
}
