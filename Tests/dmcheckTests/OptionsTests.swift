import CheckClient
import Foundation
import Testing
import dmcheck

@Suite("What the options mean")
struct OptionsTests {
    @Test(
        "a length of time is seconds, or a number with a unit",
        arguments: [("90", 90), ("90s", 90), ("5m", 300), ("1h", 3600), ("7d", 604_800)])
    func lengthOfTime(text: String, seconds: Int) {
        #expect(LengthOfTime(argument: text)?.seconds == seconds)
    }

    @Test("anything else is none", arguments: ["", "h", "-1s", "1w", "1.5h", "999999999999999999d"])
    func noLengthOfTime(text: String) {
        #expect(LengthOfTime(argument: text) == nil)
    }

    @Test("assignments become one object, a dot goes into an inner one")
    func assignments() {
        let texts = ["enrollment=invite", "malfunction.enabled=false", "malfunction.deadShare=0.4", "n=3"]
        #expect(
            Assignment.object(texts.compactMap { Assignment(argument: $0) })
                == .object([
                    "enrollment": .string("invite"), "n": .integer(3),
                    "malfunction": .object(["enabled": .bool(false), "deadShare": .number(0.4)]),
                ]))
        #expect(Assignment(argument: "nothing") == nil)
        #expect(Assignment(argument: "a..b=1") == nil)
    }

    @Test("a checker is named by its kind")
    func checkers() {
        #expect(CheckerChoice(argument: "builtin:demo") == .demo)
        #expect(CheckerChoice(argument: "exec:./check.sh --fast") == .exec("./check.sh --fast"))
        #expect(CheckerChoice(argument: "http:https://host/check") == .http("https://host/check"))
        #expect(CheckerChoice(argument: "http://host/check") == .http("http://host/check"))
        for text in ["", "exec:", "builtin:other", "http:host"] { #expect(CheckerChoice(argument: text) == nil) }
    }

    /// A location with what a data folder holds.
    private func location(
        urls: [String] = [], environment: [String: String] = [:], folder: [String: String] = [:]
    ) -> ClusterLocation {
        ClusterLocation(
            urls: urls, authority: nil, tokenFile: nil, environment: environment, folder: "/f",
            read: { folder[$0].map { Data($0.utf8) } })
    }

    @Test("options come before the environment, the environment before the data folder")
    func order() {
        let folder = ["/f/node.json": #"{"http":"127.0.0.1:7480"}"#, "/f/operator.token": "t", "/f/certs/ca.pem": "c"]
        let environment = ["DMCHECK_URL": "https://e:1,https://e:2", "DMCHECK_TOKEN_FILE": "/e/token"]
        #expect(location(urls: ["https://o"], environment: environment, folder: folder).urls == ["https://o"])
        let mixed = location(environment: environment, folder: folder)
        #expect(mixed.urls == ["https://e:1,https://e:2"])
        #expect(mixed.tokenFile == "/e/token")
        #expect(mixed.authority == "/f/certs/ca.pem")
        let local = location(folder: folder)
        #expect(local.urls == ["https://127.0.0.1:7480"])
        #expect(local.tokenFile == "/f/operator.token")
        #expect(location().urls.isEmpty)
        #expect(location().tokenFile == nil)
    }

    @Test(
        "a node that listens everywhere is reached on loopback",
        arguments: [
            (#"{"http":"0.0.0.0:1"}"#, "https://127.0.0.1:1"), (#"{"http":"[::]:1"}"#, "https://[::1]:1"),
            (#"{"http":"127.0.0.1:1","insecureHTTP":true}"#, "http://127.0.0.1:1"),
        ])
    func everywhere(file: String, url: String) {
        #expect(location(folder: ["/f/node.json": file]).urls == [url])
    }

    @Test("a node's settings come from flags, the environment, the file, defaults, in this order")
    func startSettings() async throws {
        let path = NSTemporaryDirectory() + "dmcheck-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try #"{"http":"h:1","peer":"p:1","name":"file","weight":7,"insecureHTTP":true}"#
            .write(toFile: path, atomically: true, encoding: .utf8)
        let settings = try await StartSettings(
            flags: ["name": .text("flag"), "shards": .number(4)],
            environment: ["DMCHECK_NAME": "environment", "DMCHECK_PEER": "e:1", "DMCHECK_REPLICAS": "5"], file: path,
            hostName: "host")
        #expect(settings.name == "flag")
        #expect(settings.peer == "e:1")
        #expect(settings.http == "h:1")
        #expect(settings.weight == 7)
        #expect(settings.shards == 4)
        #expect(settings.replicas == 5)
        #expect(settings.insecureHTTP)
        #expect(settings.data == "./dmcheck-data")
        let defaults = try await StartSettings(flags: [:], environment: [:], file: nil, hostName: "host")
        #expect(defaults.name == "host")
        #expect(defaults.insecureHTTP == false)
    }

    @Test("whom to join comes from flags, the environment (with commas) or the file (a list)")
    func join() async throws {
        let path = NSTemporaryDirectory() + "dmcheck-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try #"{"join":["a:1","b:2"],"joinTokenFile":"/token"}"#.write(toFile: path, atomically: true, encoding: .utf8)
        func settings(_ flags: [String: StartFlag], _ environment: [String: String]) async throws -> StartSettings {
            try await StartSettings(flags: flags, environment: environment, file: path, hostName: "host")
        }
        let file = try await settings([:], [:])
        #expect(file.join == ["a:1", "b:2"])
        #expect(file.joinTokenFile == "/token")
        let environment = try await settings([:], ["DMCHECK_JOIN": "c:3,d:4", "DMCHECK_JOIN_TOKEN_FILE": "/e"])
        #expect(environment.join == ["c:3", "d:4"])
        #expect(environment.joinTokenFile == "/e")
        let flags = try await settings(["join": .texts(["e:5"])], ["DMCHECK_JOIN": "c:3"])
        #expect(flags.join == ["e:5"])
    }

    @Test("a wrong value is told, not passed over", arguments: ["many", "0", "1025"])
    func wrongSetting(text: String) async {
        await #expect(throws: CommandFailure.self) {
            try await StartSettings(
                flags: [:], environment: ["DMCHECK_SHARDS": text], file: nil, hostName: "host")
        }
    }

    @Test(
        "a configuration file that is no object, or has a setting that there is not, is told",
        arguments: ["{", "[]", #"{"htpp":"h:1"}"#])
    func wrongFile(text: String) async throws {
        let path = NSTemporaryDirectory() + "dmcheck-\(UUID().uuidString).json"
        defer { try? FileManager.default.removeItem(atPath: path) }
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        await #expect(throws: CommandFailure.self) {
            try await StartSettings(flags: [:], environment: [:], file: path, hostName: "host")
        }
    }

    @Test(
        "a name that would break a header, a path or a table is told",
        arguments: ["", "a b", "a\r\nX: 1", "ü", "a/b", "."])
    func wrongName(text: String) async {
        await #expect(throws: CommandFailure.self) {
            try await StartSettings(flags: ["name": .text(text)], environment: [:], file: nil, hostName: "host")
        }
    }

    @Test("a configuration file that is not there is told")
    func missingFile() async {
        await #expect(throws: CommandFailure.self) {
            try await StartSettings(flags: [:], environment: [:], file: "/nowhere/dmcheck.json", hostName: "host")
        }
    }
}
