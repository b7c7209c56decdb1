import ChaosChecker
import Foundation
import Synchronization

/// Says what happens, as it happens, and keeps it.
final class Narrator: Sendable {
    private let lines = Mutex<[String]>([])
    private let began = ContinuousClock.now

    var all: [String] { lines.withLock { $0 } }

    func say(_ text: String) {
        let elapsed = tenths((ContinuousClock.now - began) / .seconds(1))
        let line =
            "[\(String(repeating: " ", count: max(0, 6 - elapsed.count)))\(elapsed) s \(stamp(Date().timeIntervalSince1970))] \(text)"
        lines.withLock { $0.append(line) }
        FileHandle.standardOutput.write(Data("\(line)\n".utf8))
    }
}
