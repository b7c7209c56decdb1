import Foundation
import ShardStore

/// A folder of its own for one test, gone with it.
final class ScratchFolder {
    let path: String

    init(_ purpose: String) throws {
        path = NSTemporaryDirectory() + "\(purpose)-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    var names: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() } }

    func size(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: file(name))
        return attributes[.size] as? Int ?? 0
    }
}

/// The typed error that a piece of work ends with, if it does.
func storeError(_ body: () throws -> Void) -> StoreError? {
    do { try body() } catch { return error as? StoreError }
    return nil
}

func records(_ range: ClosedRange<UInt64>, term: UInt64 = 1, bytes: Int = 1) -> [LogRecord] {
    range.map {
        LogRecord(
            index: $0, term: term, kind: 1, payload: [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: bytes))
    }
}

func storedGroup(_ number: UInt16, replica: UInt64 = 1, generation: UInt64 = 1) -> StoredGroup {
    StoredGroup(
        group: GroupID(rawValue: number), replica: replica,
        hardState: LogWrite.HardState(term: 0, vote: 0, commit: 0), baseIndex: 0, baseTerm: 0, configuration: [9],
        generation: generation)
}

func foundedLog(_ path: String?, groups: ClosedRange<UInt16> = 0...3) throws -> NodeLog {
    let log = try NodeLog(path: path)
    try log.found(values: [("cluster", "c1")], groups: groups.map { storedGroup($0) })
    return log
}
