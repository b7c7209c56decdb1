import Foundation
import HashRing
import NIOCore
import Node
import Testing

@Suite("Nobody gets in without this cluster's certificate", .timeLimit(.minutes(1)))
struct PeerRefusalTests {
    /// What a stranger shows, and why it is refused.
    enum Stranger: String, CaseIterable {
        case nobody, otherAuthority, otherCluster, noIdentity, removed, copyOfThisNode, otherProtocol

        var reason: String {
            switch self {
            case .nobody, .otherAuthority: "certificate"
            case .otherCluster, .noIdentity: "cluster"
            case .removed: "member"
            case .copyOfThisNode: "node"
            case .otherProtocol: "use"
            }
        }

        func appearance(in cluster: PeerCluster) throws -> RawPeer.Appearance {
            let node = PeerCluster.node(2)
            switch self {
            case .nobody: return .init()
            case .otherAuthority: return .init(certificate: try PeerCluster().certificate(node))
            case .otherCluster:
                // The node that it calls takes itself for one of another cluster.
                return .init(certificate: try cluster.certificate(node))
            case .noIdentity:
                return .init(certificate: try cluster.authority.issue(node: "somebody", hosts: [], now: Date()))
            case .removed: return .init(certificate: try cluster.certificate(PeerCluster.node(3)))
            case .copyOfThisNode: return .init(certificate: try cluster.certificate(PeerCluster.node(1)))
            case .otherProtocol: return .init(certificate: try cluster.certificate(node), use: "h2")
            }
        }
    }

    @Test("a stranger is refused, counted, and nothing of what it sends is delivered", arguments: Stranger.allCases)
    func refused(_ stranger: Stranger) async throws {
        let cluster = try PeerCluster()
        let recorder = PeerRecorder()
        recorder.refuse(PeerCluster.node(3))
        let home = stranger == .otherCluster ? cluster.renamed("c2") : cluster
        try await TestPeer.run(1, in: home, recorder: recorder) { one in
            let raw = try await RawPeer.open(port: one.port, try stranger.appearance(in: cluster))
            try? await raw.send([0, 0, 0, 1, 42])
            #expect(try await raw.closed().isEmpty)
            #expect(recorder.events.isEmpty)
            #expect(one.count("handshakes_refused_total{\(stranger.reason)}") == 1)
        }
    }

    @Test("a member that is removed loses its link when the peers are set again, and is refused from then on")
    func removed() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                await PeerLinkTests.link(one, two)
                one.recorder.refuse(two.node)
                one.network.setPeers([:])
                await two.recorder.wait(for: .disconnected(one.node))
                let raw = try await RawPeer.open(port: one.port, .init(certificate: try cluster.certificate(two.node)))
                #expect(try await raw.closed().isEmpty)
                #expect(one.count("handshakes_refused_total{member}") >= 1)
                #expect(one.recorder.frames.isEmpty)
            }
        }
    }

    @Test("a node that was removed is told so when it comes back, and by nobody else")
    func toldOfRemoval() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                one.recorder.remove(two.node)
                two.network.setPeers([one.node: one.address])
                await two.recorder.wait(for: .removed(by: one.node))
                #expect(!two.recorder.events.contains(.connected(one.node)))
            }
            try await TestPeer.run(3, in: cluster) { three in
                one.recorder.refuse(three.node)
                three.network.setPeers([one.node: one.address])
                await one.wait(forCount: "handshakes_refused_total{member}", 2)
                #expect(three.recorder.events.isEmpty)
            }
        }
    }

    @Test("a node that answers in another's place is refused by the one that dialled")
    func otherNode() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                try await TestPeer.run(3, in: cluster) { three in
                    // First at the wrong address, then at the right one: by then the wrong one was tried and refused.
                    one.network.setPeers([three.node: two.address])
                    await one.wait(forCount: "handshakes_refused_total{node}")
                    one.network.setPeers([three.node: three.address])
                    await one.recorder.wait(for: .connected(three.node))
                    #expect(one.recorder.events.first == .connected(three.node))
                }
            }
        }
    }

    @Test("a frame that is too long, cut off or forged changes nothing, is counted, and ends its connection")
    func frames() async throws {
        let cluster = try PeerCluster()
        let certificate = try cluster.certificate(PeerCluster.node(2))
        try await TestPeer.run(1, in: cluster) { one in
            let long = try await RawPeer.open(port: one.port, .init(certificate: certificate))
            try await long.send([0, 0, 0, 1, 9, 0, 0x80, 0, 1] + [UInt8](repeating: 1, count: 100))
            _ = try await long.closed()
            #expect(one.count("frames_refused_total{long}") == 1)

            let garbage = try await RawPeer.open(port: one.port, .init(certificate: certificate))
            try await garbage.send(Array("GET / HTTP/1.1\r\n\r\n".utf8))
            _ = try await garbage.closed()
            #expect(one.count("frames_refused_total{long}") == 2)

            let forged = try await RawPeer.open(port: one.port, .init(certificate: certificate))
            try await forged.send([0, 0, 0, 1, 8])
            await one.recorder.wait(for: .frame([8], PeerCluster.node(2)))
            try await forged.forge([23, 3, 3, 0, 32] + [UInt8](repeating: 1, count: 32))
            _ = try await forged.closed()
            #expect(one.count("frames_refused_total{forged}") == 1)

            let cut = try await RawPeer.open(port: one.port, .init(certificate: certificate))
            try await cut.send([0, 0, 0, 4, 7, 7])
            try await cut.channel.close()
            await one.wait(forCount: "frames_refused_total{truncated}")
            #expect(one.recorder.frames == [[9], [8]])
        }
    }

    @Test("who says nothing is closed after a while")
    func silent() async throws {
        var limits = PeerLimits()
        limits.introduction = .milliseconds(200)
        try await TestPeer.run(1, in: try PeerCluster(), limits: limits) { one in
            let raw = try await RawConnection.open(port: one.port) { connection in
                try await connection.isClosed()
            }
            #expect(raw)
            #expect(one.count("handshakes_refused_total{late}") == 1)
        }
    }
}
