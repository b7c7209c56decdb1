import ClusterSimulation
import Foundation

/// What happened in a run that failed, in a file of the folder that `DMCHECK_TRACES` names.
enum TraceFile {
    /// So many lines at the least, of about 150 bytes: a run ends with the first finding, and what led to it is at the end.
    private static let lines = 200_000

    /// Runs the seed once more and writes down what happens.
    ///
    /// - Parameter name: of the file, before the seed.
    /// - Returns: its path; `nil` when no folder is named.
    static func write(_ scenario: Scenario, name: String, seed: UInt64) throws -> String? {
        guard let folder = ProcessInfo.processInfo.environment["DMCHECK_TRACES"], !folder.isEmpty else { return nil }
        let end = End()
        var traced = scenario
        traced.trace = Trace { end.add($0) }
        do {
            for violation in try traced.run(seed: seed).violations { end.add("violated: \(violation)") }
        } catch {
            end.add("the run cannot go on: \(error)")
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(name)-\(seed).txt"
        try Data(end.lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// The last lines of what was told.
    private final class End {
        private(set) var lines: [String] = []

        func add(_ line: String) {
            if lines.count == 2 * TraceFile.lines { lines.removeFirst(TraceFile.lines) }
            lines.append(line)
        }
    }
}
