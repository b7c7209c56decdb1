import CheckClient
import Foundation
import Testing

@Suite("Checkers and identities")
struct CheckingTests {
    @Test("the demo's verdict depends on the folded name alone, and the hash is the documented one")
    func demoVerdict() {
        #expect(DemoChecker.hash("") == 0xCBF2_9CE4_8422_2325)
        #expect(DemoChecker.hash("a") == 0xAF63_DC4C_8601_EC8C)
        #expect(DemoChecker.verdict(of: "Alice") == DemoChecker.verdict(of: "aLICE"))
    }

    @Test("the demo's verdicts are mixed as documented")
    func demoMix() {
        var counts: [Verdict: Int] = [:]
        for number in 0..<20_000 { counts[DemoChecker.verdict(of: "user\(number)"), default: 0] += 1 }
        let expected: [Verdict: Double] = [
            .dm: 0.31, .nonDM: 0.44, .protected: 0.13, .nonexistent: 0.06, .suspended: 0.04, .unknown: 0.02,
        ]
        for (verdict, share) in expected {
            #expect(abs(Double(counts[verdict] ?? 0) / 20_000 - share) < 0.02, "\(verdict)")
        }
    }

    @Test("a checker's line is a result, blank, or told as unreadable")
    func lines() {
        #expect(
            CheckerLine(#"{"screenName":"a","verdict":"dm","extra":1}"#)
                == .result(CheckResult(screenName: "a", verdict: .dm)))
        #expect(CheckerLine("  ") == nil)
        #expect(CheckerLine("oops") == .unreadable("oops"))
        guard case .unreadable = CheckerLine(#"{"screenName":"a","verdict":"maybe"}"#) else {
            Issue.record("there is no such verdict")
            return
        }
    }

    @Test("the checker behind a URL is asked user by user, and its failure is a failure")
    func httpChecker() async throws {
        let answers: [StubAnswer] = [
            .json(200, #"{"screenName":"a","verdict":"dm"}"#), .json(200, #"{"screenName":"b","verdict":"unknown"}"#),
            .json(500, "broken"),
        ]
        try await StubNode.with(answers) { node in
            let checker = try HTTPChecker(url: node.address.description + "/check")
            let users = AsyncStream<UserReference> { continuation in
                for name in ["a", "b", "c"] { continuation.yield(UserReference(screenName: name)) }
                continuation.finish()
            }
            let (lines, said) = AsyncStream.makeStream(of: CheckerLine.self)
            await #expect(throws: CheckerFailure.self) {
                try await checker.check(users) { said.yield($0) }
            }
            said.finish()
            await checker.close()
            var results: [CheckerLine] = []
            for await line in lines { results.append(line) }
            #expect(
                results == [
                    .result(CheckResult(screenName: "a", verdict: .dm)),
                    .result(CheckResult(screenName: "b", verdict: .unknown)),
                ])
            #expect(node.requests.first?.body == #"{"screenName":"a"}"#)
        }
    }

    @Test("a profile is made once, private, and read again as it is")
    func profile() throws {
        let path = NSTemporaryDirectory() + "Jane Doe-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let made = try Profile.open(path)
        #expect(try Profile.open(path) == made)
        #expect(made.fault == nil)
        #expect(made.secret.utf8.count == 43)
        #expect(made.screenName.hasPrefix("JaneDoe"))
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
    }

    @Test(
        "a file's name becomes a screen name that is allowed",
        arguments: [
            ("/a/b/v1.json", "v1"), ("jane-the_2nd-of-her-name.json", "janethe_2ndofhe"), ("…", "volunteer"),
        ])
    func screenNames(file: String, name: String) {
        #expect(Profile.screenName(forFile: file) == name)
    }

    @Test("a damaged profile is refused and stays as it is")
    func damagedProfile() throws {
        let path = NSTemporaryDirectory() + "dmcheck-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try #"{"id":"007","screenName":"a","secret":"x"}"#.write(toFile: path, atomically: true, encoding: .utf8)
        #expect(throws: ClientError.self) { try Profile.open(path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8).contains("007"))
    }
}
