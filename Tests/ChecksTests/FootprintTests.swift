import Checks
import Foundation
import HashRing
import SeededRandom
import Testing

@Suite("What a checked user costs on disk and in statements")
struct FootprintTests {
    @Test(
        "a user takes at most 120 bytes once it is checked, and a handful of statements, most of them its own two rows")
    func N7_bytesAndStatements() throws {
        let folder = NSTemporaryDirectory() + "footprint-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let shards = try Shards(seed: 3, folder: folder)
        let one = Volunteer(1)
        try shards.register(one, Capability(usersPerWindow: 1_000_000))
        let users = 36_000
        var random = SplitMix64(seed: 3)
        for start in stride(from: 0, to: users, by: 500) {
            let batch = (start..<start + 500).map { number -> UserReference in
                let letters = (0..<7).map { _ in String(UnicodeScalar(UInt8.random(in: 97...122, using: &random))) }
                return UserReference(screenName: name(letters.joined() + "\(number)"))
            }
            try shards.apply(.addUsers(batch, mark: Marking(service: .dmcheck, lane: .normal)))
        }
        let machine = shards[1]
        let imported = machine.statements
        let importedRows = machine.rows
        while let lease = try shards.lease(one).first {
            try shards.report(one, lease, .dm)
            try shards.deliver()
        }
        let checked = machine.statements - imported
        let checkedRows = machine.rows - importedRows
        #expect(try shards.counts().done == users)
        _ = try machine.checkpoint()
        let path = try #require(shards.path(shards.ids[0]))
        let size = try #require(try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
        #expect(size <= 120 * users, "\(Double(size) / Double(users)) bytes a user")
        #expect(imported <= UInt64(users) * 5 / 2, "\(Double(imported) / Double(users)) statements an added user")
        #expect(checked <= UInt64(users) / 4, "\(Double(checked) / Double(users)) statements a checked user")
        // Its result and its task; everything else is for a whole bucket.
        #expect(checkedRows > 0)
        #expect(checkedRows <= UInt64(users) * 3, "\(Double(checkedRows) / Double(users)) rows a checked user")
    }

    @Test("a shard is opened without reading what it holds")
    func opensInConstantTime() throws {
        let folder = NSTemporaryDirectory() + "opening-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var statements: [UInt64] = []
        for users in [180, 18_000] {
            let path = "\(folder)/\(users)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            let shards = try Shards(folder: path)
            for start in stride(from: 0, to: users, by: 180) {
                try shards.add((start..<start + 180).map { "user\($0)" })
            }
            try shards[1].commit()
            try shards.open(shards.ids[0])
            statements.append(shards[1].statements)
        }
        #expect(statements[0] == statements[1])
    }
}
