import ChaosChecker
import Foundation
import Synchronization

/// Keeps every call, in memory for the checker and as a line of JSON on disk for whoever comes after a crash.
final class Recorder: Sendable {
    private let calls = Mutex<[Call]>([])
    private let file: FileHandle

    init(file: String) throws {
        try Data().write(to: URL(fileURLWithPath: file))
        self.file = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
    }

    var all: [Call] { calls.withLock { $0 } }

    func record(_ call: Call) {
        let line = (try? JSONEncoder().encode(call)) ?? Data()
        calls.withLock { calls in
            calls.append(call)
            file.write(line + Data("\n".utf8))
        }
    }
}
