import Foundation
import HashRing
import NIOCore
import Node
import SeededRandom
import Testing

@Suite("Files between peers", .timeLimit(.minutes(1)))
struct PeerFileTests {
    @Test("a file of 20 MiB arrives whole with its header, and the inbox holds nothing else")
    func whole() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                one.network.setPeers([two.node: two.address])
                let content = Self.content(20 << 20)
                let source = one.inbox + "/source"
                try content.write(to: URL(fileURLWithPath: source))
                try await one.network.sendFile(header: [1, 2, 3], path: source, to: two.node.description)
                let names = try FileManager.default.contentsOfDirectory(atPath: two.inbox)
                let name = try #require(names.first)
                #expect(names.count == 1)
                let path = two.inbox + "/" + name
                #expect(two.recorder.events == [.file(header: [1, 2, 3], path: path, one.node)])
                #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == content)
                #expect(one.count("files_total{out}") == 1)
            }
        }
    }

    @Test("an empty file is one too")
    func empty() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                one.network.setPeers([two.node: two.address])
                let source = one.inbox + "/source"
                try Data().write(to: URL(fileURLWithPath: source))
                try await one.network.sendFile(header: [], path: source, to: two.node.description)
                #expect(two.recorder.events.count == 1)
            }
        }
    }

    @Test(
        "a file that is cut off, has another digest or is no file leaves nothing",
        arguments: ["cut", "digest", "order"])
    func broken(_ fault: String) async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            let raw = try await RawPeer.open(
                port: one.port,
                .init(certificate: try cluster.certificate(PeerCluster.node(2)), use: "dmcheck-file/1"))
            let header: [UInt8] = [0, 0, 0, 2, 1, 9]
            let chunk: [UInt8] = [0, 0, 0, 4, 2, 5, 5, 5]
            let end: [UInt8] = [0, 0, 0, 33, 3] + [UInt8](repeating: 0, count: 32)
            switch fault {
            case "cut":
                await raw.heard(Self.ready)
                try await raw.send(header + chunk)
                try await raw.channel.close()
            case "digest": try await raw.send(header + chunk + end)
            default: try await raw.send(chunk + header)
            }
            await one.wait(forCount: "files_failed_total")
            _ = try await raw.closed()
            #expect(try FileManager.default.contentsOfDirectory(atPath: one.inbox).isEmpty)
            #expect(one.recorder.events.isEmpty)
            #expect(one.count("files_total{in}") == 0)
        }
    }

    @Test("what an earlier run left unfinished is gone after the start; files that came whole stay")
    func leftovers() async throws {
        let cluster = try PeerCluster()
        let inbox = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: inbox, withIntermediateDirectories: true)
        for name in ["received-a.part", "received-b", "other.part"] {
            try Data([1]).write(to: inbox.appendingPathComponent(name))
        }
        try await TestPeer.run(1, in: cluster, inbox: inbox.path) { one in
            let names = try FileManager.default.contentsOfDirectory(atPath: one.inbox)
            #expect(names.sorted() == ["other.part", "received-b"])
        }
    }

    @Test("a file for nobody, one that is not there, and one too many are errors that say which")
    func errors() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                await #expect(throws: FileTransferError.unreachable("it is no peer")) {
                    try await one.network.sendFile(header: [], path: "/dev/null", to: two.node.description)
                }
                one.network.setPeers([two.node: two.address])
                let missing = one.inbox + "/missing"
                await #expect(throws: FileTransferError.unreadable("\(missing): No such file or directory")) {
                    try await one.network.sendFile(header: [], path: missing, to: two.node.description)
                }
                let large = one.inbox + "/large"
                try Self.content(8 << 20).write(to: URL(fileURLWithPath: large))
                try await withThrowingTaskGroup(of: FileTransferError?.self) { group in
                    for _ in 0..<2 {
                        group.addTask {
                            do throws(FileTransferError) {
                                try await one.network.sendFile(header: [], path: large, to: two.node.description)
                                return nil
                            } catch {
                                return error
                            }
                        }
                    }
                    var errors: [FileTransferError?] = []
                    for try await error in group { errors.append(error) }
                    #expect(errors.contains(nil))
                    #expect(errors.contains(.busy))
                }
            }
        }
    }

    /// The receiver's first word: a frame of one byte.
    private static let ready: [UInt8] = [0, 0, 0, 1, 1]

    private static func content(_ count: Int) -> Data {
        var random = SplitMix64(seed: 20)
        var data = Data(capacity: count)
        while data.count < count {
            withUnsafeBytes(of: random.next()) { data.append(contentsOf: $0) }
        }
        return data
    }
}
