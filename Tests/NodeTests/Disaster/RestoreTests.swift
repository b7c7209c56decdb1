import Foundation
import Node
import Testing

@Suite("A backup is restored as a new cluster", .timeLimit(.minutes(2)))
struct RestoreTests {
    @Test("users, verdicts, clients and live leases are there; authority, token and cluster are new")
    func roundTrip() async throws {
        try await withScratchFolder { scratch in
            let volunteer = FolderVolunteer(id: "7")
            let before = try await FolderNode.run(in: scratch + "/old") { node in
                try await node.add(1000, prefix: "user")
                try await volunteer.register(at: node)
                let leases = try await volunteer.lease(2, at: node)
                try await volunteer.report(leases[0], at: node)
                try await node.backup(to: scratch + "/b")
                return (
                    export: try await node.export(), held: leases[1], token: node.operatorToken,
                    cluster: try await node.manifest().cluster
                )
            }
            let attributes = try FileManager.default.attributesOfItem(atPath: scratch + "/b")
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let report = try Restore.run(scratch + "/b", into: scratch + "/new")
            #expect(report.from == before.cluster && report.cluster != before.cluster && report.shards == 2)
            for _ in 0..<2 {
                try await FolderNode.run(in: scratch + "/new") { (node) async throws in
                    #expect(try await node.export() == before.export)
                    #expect(node.operatorToken != before.token)
                    #expect(try await node.call("GET", "/v1/counts", token: before.token).status == 401)
                    #expect(try await node.manifest().cluster == report.cluster)
                    #expect(try await volunteer.held(at: node).map(\.id) == [before.held.id])
                }
            }
            try await FolderNode.run(in: scratch + "/new") { node in
                try await volunteer.report(before.held, at: node)
                try await node.add(10, prefix: "later")
                #expect(try await node.export().count == 1010)
            }
        }
    }

    @Test("shards of different moments agree: no slot stays that nothing closes", arguments: [[1, 2], [2, 1]])
    func moments(order: [Int]) async throws {
        try await withScratchFolder { scratch in
            let volunteers = (1...4).map { FolderVolunteer(id: "\($0)") }
            try await FolderNode.run(in: scratch + "/old") { node in
                try await node.add(9000, prefix: "user")
                var early: [(FolderVolunteer, (id: String, users: [String]))] = []
                for volunteer in volunteers {
                    try await volunteer.register(at: node)
                    for lease in try await volunteer.lease(3, at: node) { early.append((volunteer, lease)) }
                }
                let first = try await node.snapshot(of: order[0])
                for (volunteer, lease) in early.dropLast(2) { try await volunteer.report(lease, at: node) }
                for volunteer in volunteers { _ = try await volunteer.lease(3, at: node) }
                let second = try await node.snapshot(of: order[1])
                let snapshots = order[0] == 1 ? [first, second] : [second, first]
                try await FolderNode.write(try await node.manifest(), snapshots, to: scratch + "/b")
            }
            _ = try Restore.run(scratch + "/b", into: scratch + "/new")
            try await FolderNode.run(in: scratch + "/new") { node in
                for volunteer in volunteers {
                    let held = try await volunteer.held(at: node)
                    let found = try await volunteer.statistics(at: node)
                    #expect(found.assigned == found.done + found.released + found.held)
                    #expect(found.held == held.count)
                    // What is told from now on arrives: nothing waits for a number that was used before the backup.
                    for lease in held { try await volunteer.report(lease, at: node) }
                    let more = try await volunteer.lease(4, at: node)
                    #expect(more.count == 4)
                    for lease in more { try await volunteer.report(lease, at: node) }
                    #expect(try await volunteer.held(at: node).isEmpty)
                    let after = try await volunteer.statistics(at: node)
                    #expect(after.done == found.done + held.count + 4 && after.held == 0)
                }
            }
        }
    }

    @Test("a snapshot that cannot be written takes nothing from its shard: the next can, and two at once")
    func unwritten() async throws {
        try await withScratchFolder { scratch in
            let folder = scratch + "/n"
            try await FolderNode.run(in: folder) { node in
                try await node.add(50, prefix: "user")
                let (transfers, aside) = (folder + "/transfers", scratch + "/aside")
                try FileManager.default.moveItem(atPath: transfers, toPath: aside)
                #expect(try await node.call("GET", "/v1/backup/shards/1").status >= 500)
                try FileManager.default.moveItem(atPath: aside, toPath: transfers)
                async let one = node.snapshot(of: 1)
                async let other = node.snapshot(of: 1)
                _ = try await (one, other)
                #expect(try FileManager.default.contentsOfDirectory(atPath: transfers).isEmpty)
            }
        }
    }

    @Test("a folder with anything in it is refused, and is left as it is")
    func occupied() async throws {
        try await withScratchFolder { scratch in
            try await FolderNode.run(in: scratch + "/old") { try await $0.backup(to: scratch + "/b") }
            try FileManager.default.createDirectory(atPath: scratch + "/new", withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: URL(fileURLWithPath: scratch + "/new/file"))
            #expect(throws: BackupError.occupied(folder: scratch + "/new")) {
                try Restore.run(scratch + "/b", into: scratch + "/new")
            }
            let left = try FileManager.default.contentsOfDirectory(atPath: scratch + "/new")
            #expect(left == ["file"])
        }
    }
}
