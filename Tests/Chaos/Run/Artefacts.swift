import ChaosChecker
import Foundation

/// What a run leaves behind: everything that is needed to understand it.
struct Artefacts {
    let folder: String

    static let history = "history.jsonl"
    static let circumstances = "run.json"
    static let faults = "faults.json"
    static let final = "final.json"

    /// The history is on disk already, call by call, and the nodes' logs where they ran.
    func write(_ judgement: Judgement, log: [String]) throws {
        let history = judgement.history
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try encoder.encode(judgement.violations).write(to: file("violations.json"))
        let circumstances = Circumstances(
            seed: history.seed, settings: history.settings, incidents: history.incidents)
        try encoder.encode(circumstances).write(to: file(Self.circumstances))
        try encoder.encode(history.faults).write(to: file(Self.faults))
        if judgement.isComplete { try encoder.encode(history.final).write(to: file(Self.final)) }
        let lines = log + [""] + judgement.lines
        try (lines.joined(separator: "\n") + "\n").write(to: file("timeline.txt"), atomically: true, encoding: .utf8)
        try TimelinePage(history, judgement.violations, log: log).html.write(
            to: file("timeline.html"), atomically: true, encoding: .utf8)
    }

    /// The nodes' data, which is large and tells nothing when everything held.
    func removeData() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            for data in ["data", RemovedData.name] {
                try? FileManager.default.removeItem(atPath: "\(folder)/\(name)/\(data)")
            }
        }
    }

    private func file(_ name: String) -> URL { URL(fileURLWithPath: "\(folder)/\(name)") }
}
