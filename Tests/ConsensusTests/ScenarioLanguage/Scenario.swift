import Consensus
import Foundation

/// A scenario: a text of comments (`#`), commands (`> `, or `~ ` for one whose trace is not of interest) and, after
/// each command, the trace it must leave.
struct Scenario {
    let name: String
    let text: String

    /// Runs the commands and returns the text with the traces that they leave.
    func run(mutations: Mutation = []) -> String {
        var group = ScenarioGroup()
        group.mutations = mutations
        var lines: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if line.hasPrefix("> ") || line.hasPrefix("~ ") {
                group.trace = []
                group.perform(String(line.dropFirst(2)))
                lines.append(line)
                if line.hasPrefix("> ") { lines += group.trace.map { "    " + $0 } }
            } else if !line.hasPrefix("    ") {
                lines.append(line)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The first line in which `run` differs from the text.
    func firstDifference(_ result: String) -> String? {
        let expected = text.split(separator: "\n", omittingEmptySubsequences: false)
        let found = result.split(separator: "\n", omittingEmptySubsequences: false)
        for (position, line) in found.enumerated() {
            if position >= expected.count { return "line \(position + 1): unexpected \"\(line)\"" }
            if expected[position] != line {
                return "line \(position + 1): \"\(line)\" instead of \"\(expected[position])\""
            }
        }
        return expected.count > found.count ? "line \(found.count + 1): \"\(expected[found.count])\" is missing" : nil
    }

    /// All of them, in order of their names.
    static func all() throws -> [Scenario] {
        guard let folder = Bundle.module.resourceURL?.appending(path: "Scenarios") else { return [] }
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        return try files.filter { $0.pathExtension == "txt" }
            .map { Scenario(name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8)) }
            .sorted { $0.name < $1.name }
    }
}
