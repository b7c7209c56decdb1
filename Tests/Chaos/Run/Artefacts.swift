import ChaosChecker
import Foundation

/// What a run leaves behind: everything that is needed to understand it.
struct Artefacts {
    let folder: String

    /// The history is on disk already, call by call, and the nodes' logs where they ran.
    func write(_ history: History, _ violations: [Violation], log: [String]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(history.final).write(to: file("final.json"))
        try encoder.encode(history.faults).write(to: file("faults.json"))
        try encoder.encode(violations).write(to: file("violations.json"))
        let lines = log + [""] + Figures(history, violations).lines
        try (lines.joined(separator: "\n") + "\n").write(to: file("timeline.txt"), atomically: true, encoding: .utf8)
        try TimelinePage(history, violations, log: log).html.write(
            to: file("timeline.html"), atomically: true, encoding: .utf8)
    }

    /// The nodes' data, which is large and tells nothing when everything held.
    func removeData() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(name)/data")
        }
    }

    private func file(_ name: String) -> URL { URL(fileURLWithPath: "\(folder)/\(name)") }
}
