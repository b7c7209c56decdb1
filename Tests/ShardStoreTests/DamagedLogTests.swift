import Foundation
import ShardStore
import Testing

@Suite("A log whose write-ahead file is damaged")
struct DamagedLogTests {
    private static let group = GroupID(rawValue: 1)
    private static let writes: UInt64 = 40
    private static let frameBytes = 24 + 4096

    /// The files of a log as they are when the process is killed after so many writes, under another name.
    private func killed(in folder: ScratchFolder) throws -> (path: String, frames: Int) {
        let log = try NodeLog(path: folder.file("node.db"))
        try log.found(values: [("cluster", "c1")], groups: [storedGroup(1)])
        for index in 1...Self.writes {
            try log.write([LogWrite(group: Self.group, records: records(index...index, bytes: 300))])
        }
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: folder.file("node.db" + suffix), toPath: folder.file("copy.db" + suffix))
        }
        return (folder.file("copy.db"), (try folder.size("copy.db-wal") - 32) / Self.frameBytes)
    }

    private func change(_ path: String, _ change: (inout Data) -> Void) throws {
        let url = URL(fileURLWithPath: path + "-wal")
        var data = try Data(contentsOf: url)
        change(&data)
        try data.write(to: url)
    }

    private func entries(_ path: String) throws -> Int {
        try NodeLog(path: path).records(of: Self.group, from: 1).count
    }

    @Test("that is whole is read as it is")
    func whole() throws {
        let folder = try ScratchFolder("whole-log")
        #expect(try entries(try killed(in: folder).path) == Int(Self.writes))
    }

    /// SQLite alone would take the wrong frame for the end and open without a word, with the acknowledged rest gone.
    @Test("in the middle is refused and left as it is", arguments: [0.0, 0.3, 0.6, 0.9])
    func damagedInTheMiddle(place: Double) throws {
        let folder = try ScratchFolder("damaged-log")
        let (path, frames) = try killed(in: folder)
        try #require(frames > 50)
        let frame = Int(Double(frames) * place)
        try change(path) { $0[32 + frame * Self.frameBytes + 2000] ^= 0x10 }
        let before = try Data(contentsOf: URL(fileURLWithPath: path + "-wal"))
        guard case .corrupt(let file, let detail)? = storeError({ _ = try NodeLog(path: path) }) else {
            Issue.record("damage in frame \(frame) of \(frames) is told")
            return
        }
        #expect(file.hasSuffix("-wal") && detail.contains("frame \(frame + 1) "))
        #expect(try Data(contentsOf: URL(fileURLWithPath: path + "-wal")) == before)
    }

    @Test("in its last transaction is what a power cut leaves: that transaction was never acknowledged")
    func cutShort() throws {
        let folder = try ScratchFolder("torn-log")
        let (path, frames) = try killed(in: folder)
        try change(path) { $0[32 + (frames - 1) * Self.frameBytes + 50] ^= 1 }
        #expect(try entries(path) == Int(Self.writes) - 1)
    }

    @Test("that holds what is left of an earlier round is read up to there")
    func earlierRound() throws {
        let folder = try ScratchFolder("old-round")
        let path = folder.file("node.db")
        let log = try NodeLog(path: path)
        try log.found(values: [("cluster", "c1")], groups: [storedGroup(1)])
        for index in 1...Self.writes - 5 {
            try log.write([LogWrite(group: Self.group, records: records(index...index, bytes: 300))])
        }
        // Everything is copied, and the next write begins the file anew, over its beginning.
        #expect(try LogCheckpointer(path: path).run())
        for index in Self.writes - 4...Self.writes {
            try log.write([LogWrite(group: Self.group, records: records(index...index, bytes: 300))])
        }
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: folder.file("copy.db" + suffix))
        }
        try #require(try folder.size("copy.db-wal") > 32 + 30 * Self.frameBytes)
        #expect(try entries(folder.file("copy.db")) == Int(Self.writes))
    }
}
