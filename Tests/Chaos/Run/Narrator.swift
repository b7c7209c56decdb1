import ChaosChecker
import Foundation
import Synchronization

/// Says what happens, as it happens, and keeps it.
final class Narrator: Sendable {
    private struct Kept {
        var lines: [String] = []
        var incidents: [String] = []
    }

    private let kept = Mutex(Kept())
    private let began = ContinuousClock.now

    var all: [String] { kept.withLock { $0.lines } }
    /// What the run itself saw go wrong.
    var incidents: [String] { kept.withLock { $0.incidents } }

    func say(_ text: String) {
        let elapsed = tenths((ContinuousClock.now - began) / .seconds(1))
        let line =
            "[\(String(repeating: " ", count: max(0, 6 - elapsed.count)))\(elapsed) s \(stamp(Date().timeIntervalSince1970))] \(text)"
        kept.withLock { $0.lines.append(line) }
        // Nobody need be listening any more: everything is kept.
        try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
    }

    func incident(_ text: String) {
        kept.withLock { $0.incidents.append("\(stamp(Date().timeIntervalSince1970)) \(text)") }
        say("INCIDENT: \(text)")
    }
}

/// A line for whoever called this program.
func complain(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data("dmcheck-chaos: \(text)\n".utf8))
}
