import ChaosChecker
import Foundation
import Synchronization

/// The faults of a run, each from the moment at which it begins: whoever injects them may come to grief.
final class FaultJournal: Sendable {
    private struct State {
        var ended: [FaultRecord] = []
        var current: FaultRecord?
    }

    private let state = Mutex(State())

    /// All so far; the one that is under way ends now.
    var all: [FaultRecord] {
        state.withLock { state in
            guard var current = state.current else { return state.ended }
            current.end = Self.now
            return state.ended + [current]
        }
    }

    /// - Returns: its number, from 1 on.
    func begin(_ kind: FaultKind) -> Int {
        state.withLock { state in
            let number = state.ended.count + 1
            state.current = FaultRecord(
                number: number, kind: kind.rawValue, text: "", start: Self.now, end: Self.now, ending: "under way")
            return number
        }
    }

    /// What is done.
    func tell(_ text: String) { state.withLock { $0.current?.text = text } }

    func isolated(_ isolation: FaultRecord.Isolation) { state.withLock { $0.current?.isolation = isolation } }

    /// What is under way, if anything, is over.
    ///
    /// - Returns: its record.
    @discardableResult
    func end(_ ending: String) -> FaultRecord? {
        state.withLock { state in
            guard var record = state.current.take() else { return nil }
            record.end = Self.now
            record.ending = ending
            state.ended.append(record)
            return record
        }
    }

    private static var now: Double { Date().timeIntervalSince1970 }
}
