import Foundation
import NIOHTTP1
import TestSupport
import Testing

extension RealNodes {
    @Suite("The command line against a node that runs")
    struct CommandLineTests {
        @Test("every command does what it is asked, for people and for machines, or says in one line why not")
        func everyCommand() async throws {
            try await LocalCluster.run(nodes: 1, shards: 2) { cluster in
                let scratch = "\(cluster.folder)/commands"
                try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
                let node = try cluster.process("n1")
                for (mark, options) in [("a", []), ("b", ["--json"])] {
                    let lines = CommandLines(data: node.data, url: node.base, scratch: scratch, mark: mark)
                    try Data("screenName\none_\(mark)\ntwo_\(mark)\nthree_\(mark)\n".utf8)
                        .write(to: URL(fileURLWithPath: lines.users))
                    for line in lines.registering { try await isDone(line + options, in: scratch) }
                    let client = try JSONDecoder().decode(
                        JSON.self, from: Data(contentsOf: URL(fileURLWithPath: lines.profile)))["id"].string
                    for line in lines.done(client: try #require(client)) {
                        try await isDone(line + options, in: scratch)
                    }
                }
                let lines = CommandLines(data: node.data, url: node.base, scratch: scratch, mark: "a")
                try await forEach(lines.failing) { try await fails($0, in: scratch) }
                try await forEach(lines.wrong) { try await isWrong($0, in: scratch) }
                try await forEach(lines.wrongOnlyLater) { try await isWrong($0, lines: 1, in: scratch) }
            }
        }

        @Test("a volunteer checks until it is told to stop, and that is no failure")
        func work() async throws {
            try await LocalCluster.run(nodes: 1, shards: 2) { cluster in
                let node = try cluster.process("n1")
                let api = try cluster.api("n1")
                let mark: JSON = ["service": "dmcheck"]
                _ = try await api.operate(.POST, "/v1/users", ["users": [["screenName": "a"]], "mark": mark])
                let volunteer = try CommandRun.Started(
                    [
                        "work", "--profile", "\(cluster.folder)/profile", "--url", node.base, "--ca",
                        "\(node.data)/certs/ca.pem", "--speed", "100",
                    ], scratch: cluster.folder)
                try await eventually("the user is checked") {
                    try await api.operate(.GET, "/v1/counts").json["done"].int == 1
                }
                volunteer.terminate()
                let run = await volunteer.ended()
                #expect(run.status == 0, "\(run.complaint)")
                #expect(run.complaint.contains("registered"))
            }
        }

        /// A few at a time: most of a command's time is its start.
        private func forEach(_ lines: [[String]], _ body: @escaping @Sendable ([String]) async throws -> Void)
            async throws
        {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, line) in lines.enumerated() {
                    if number >= 4 { _ = try await group.next() }
                    group.addTask { try await body(line) }
                }
                try await group.waitForAll()
            }
        }

        private func isDone(_ line: [String], in scratch: String) async throws {
            let run = try await CommandRun.of(line, scratch: scratch)
            #expect(run.status == 0, "\(line): \(run.complaint)")
            #expect(run.complaint.isEmpty, "\(line)")
            #expect(!run.output.isEmpty, "\(line)")
            guard line.contains("--json") else { return }
            // What is streamed is a line for each; everything else is one value.
            let documents = line.first == "export" ? run.output.split(separator: "\n") : [Substring(run.output)]
            for document in documents {
                #expect(throws: Never.self, "\(line): \(document)") {
                    try JSONDecoder().decode(JSON.self, from: Data(document.utf8))
                }
            }
        }

        private func fails(_ line: [String], in scratch: String) async throws {
            let run = try await CommandRun.of(line, scratch: scratch)
            #expect(run.status == 1, "\(line): \(run.complaint)")
            #expect(run.output.isEmpty, "\(line)")
            #expect(run.complaint.split(separator: "\n").count == 1, "\(line): \(run.complaint)")
            #expect(run.complaint.hasPrefix("dmcheck: "), "\(line): \(run.complaint)")
        }

        /// - Parameter lines: how many it says; `nil`: with the command's usage.
        private func isWrong(_ line: [String], lines: Int? = nil, in scratch: String) async throws {
            let run = try await CommandRun.of(line, scratch: scratch)
            #expect(run.status == 2, "\(line): \(run.complaint)")
            #expect(run.output.isEmpty, "\(line)")
            if let lines {
                #expect(run.complaint.split(separator: "\n").count == lines, "\(line): \(run.complaint)")
            } else {
                #expect(run.complaint.contains("Usage:"), "\(line): \(run.complaint)")
            }
        }
    }
}
