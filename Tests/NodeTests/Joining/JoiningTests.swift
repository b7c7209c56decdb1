import Foundation
import HashRing
import NIOCore
import Node
import Testing
import X509

@Suite("Joining by address and token", .timeLimit(.minutes(1)))
struct JoiningTests {
    @Test("a token's text is read back, and nothing else is read")
    func token() throws {
        let token = try #require(
            JoinToken(authorityFingerprint: Array(0..<32), secret: [UInt8](repeating: 0xFE, count: 32)))
        #expect(token.text.hasPrefix("dmcheck-join-AQABAgME"))
        #expect(JoinToken(token.text) == token)
        #expect(token.secretDigest.count == 32)
        #expect(!"\(token)".contains(token.text.suffix(40)))
        for text in ["", "dmcheck-join-", token.text + "A", String(token.text.dropLast()), "x" + token.text] {
            #expect(JoinToken(text) == nil)
        }
        #expect(JoinToken(authorityFingerprint: [1], secret: []) == nil)
    }

    @Test("a newcomer gets its certificate over the join link and is a peer with it")
    func joins() async throws {
        let cluster = try PeerCluster()
        let node = PeerCluster.node(2)
        let recorder = PeerRecorder { request in
            guard let key = try? Certificate.PublicKey(der: request),
                let issued = try? cluster.authority.issue(
                    for: key, node: node.description, hosts: ["192.0.2.7"], now: Date())
            else { return [] }
            return (try? issued.derBytes()) ?? []
        }
        try await TestPeer.run(1, in: cluster, recorder: recorder) { one in
            let key = NodeCertificate.newKey()
            let answer = try await Joining.ask(
                addresses: [one.address], authorityFingerprint: try cluster.authority.certificate.fingerprint(),
                request: try key.publicKey.derBytes())
            let issued = NodeCertificate(certificate: try Certificate(der: answer), key: key)
            #expect(PeerIdentity(issued.certificate) == PeerIdentity(cluster: "c1", node: node))
            #expect(!issued.needsRenewal(hosts: ["192.0.2.7"], now: Date()))
            let raw = try await RawPeer.open(port: one.port, .init(certificate: issued))
            try await raw.send([0, 0, 0, 1, 42])
            await recorder.wait(for: .frame([42], node))
            try await raw.channel.close()
            #expect(one.count("join_requests_total") == 1)
        }
    }

    @Test("a large answer comes whole, and unreachable addresses before the right one do not matter")
    func large() async throws {
        let cluster = try PeerCluster()
        let answer = [UInt8](repeating: 5, count: PeerLimits.frameBytes)
        try await TestPeer.run(1, in: cluster, recorder: PeerRecorder { _ in answer }) { one in
            let got = try await Joining.ask(
                addresses: [HostPort(host: "127.0.0.1", port: 1), one.address],
                authorityFingerprint: try cluster.authority.certificate.fingerprint(), request: [1])
            #expect(got == answer)
        }
    }

    @Test("a node of another authority gets no request, whatever it shows")
    func otherAuthority() async throws {
        let recorder = PeerRecorder { _ in
            Issue.record("a request came"); return []
        }
        try await TestPeer.run(1, in: try PeerCluster(), recorder: recorder) { one in
            let fingerprint = try PeerCluster().authority.certificate.fingerprint()
            await #expect(throws: JoinError.otherAuthority) {
                _ = try await Joining.ask(
                    addresses: [one.address], authorityFingerprint: fingerprint, request: [1])
            }
            #expect(one.count("join_requests_total") == 0)
        }
    }

    @Test("a node certificate in the authority's place does not pass: its own fingerprint leads to nothing")
    func leafAsAuthority() async throws {
        let cluster = try PeerCluster()
        let certificate = try cluster.certificate(PeerCluster.node(2))
        try await TestPeer.run(1, in: cluster) { one in
            let fingerprint = try certificate.certificate.fingerprint()
            await #expect(throws: JoinError.otherAuthority) {
                _ = try await Joining.ask(
                    addresses: [one.address], authorityFingerprint: fingerprint, request: [1])
            }
        }
    }

    @Test("without an address, without a node, and without an answer, the error says which")
    func errors() async throws {
        await #expect(throws: JoinError.noAddress) {
            _ = try await Joining.ask(addresses: [], authorityFingerprint: [], request: [1])
        }
        var limits = PeerLimits()
        limits.joinAnswer = .milliseconds(100)
        let cluster = try PeerCluster()
        let recorder = PeerRecorder { _ in
            // Until the connection's time is over and the node stops.
            try? await Task.sleep(for: .seconds(60))
            return []
        }
        try await TestPeer.run(1, in: cluster, recorder: recorder, limits: limits) { one in
            let fingerprint = try cluster.authority.certificate.fingerprint()
            await #expect(throws: JoinError.noAnswer) {
                _ = try await Joining.ask(
                    addresses: [one.address], authorityFingerprint: fingerprint, request: [1])
            }
        }
    }

    @Test("a request that is too long is refused, a second one on the same link too")
    func tooMuch() async throws {
        try await TestPeer.run(1, in: try PeerCluster(), recorder: PeerRecorder { _ in [1] }) { one in
            let newcomer = RawPeer.Appearance(certificate: nil, use: "dmcheck-join/1", name: "join.dmcheck.invalid")
            let long = try await RawPeer.open(port: one.port, newcomer)
            try await long.send([0, 1, 0, 1])
            #expect(try await long.closed().isEmpty)
            #expect(one.count("frames_refused_total{long}") == 1)
            let twice = try await RawPeer.open(port: one.port, newcomer)
            try await twice.send([0, 0, 0, 1, 1, 0, 0, 0, 1, 2])
            _ = try await twice.closed()
            #expect(one.count("frames_refused_total{unexpected}") == 1)
        }
    }

    @Test("newcomers beyond those that are answered at once are turned away")
    func crowd() async throws {
        let recorder = PeerRecorder { _ in
            try? await Task.sleep(for: .seconds(60))
            return []
        }
        try await TestPeer.run(1, in: try PeerCluster(), recorder: recorder) { one in
            let newcomer = RawPeer.Appearance(certificate: nil, use: "dmcheck-join/1", name: "join.dmcheck.invalid")
            var waiting: [RawPeer] = []
            for _ in 0..<8 {
                let raw = try await RawPeer.open(port: one.port, newcomer)
                try await raw.send([0, 0, 0, 1, 1])
                waiting.append(raw)
            }
            await one.wait(forCount: "join_requests_total", 8)
            let ninth = try await RawPeer.open(port: one.port, newcomer)
            #expect(try await ninth.closed().isEmpty)
            #expect(one.count("handshakes_refused_total{busy}") == 1)
            for raw in waiting { try? await raw.channel.close() }
        }
    }
}
