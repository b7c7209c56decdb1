import HashRing
import NIOCore
import NIOPosix
import Node
import Testing

@Suite("Links between peers", .timeLimit(.minutes(1)))
struct PeerLinkTests {
    @Test("ten thousand frames arrive in order, both ways")
    func inOrder() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                await Self.link(one, two)
                let frames = (0..<10_000).map { number in Array("frame \(number)".utf8) }
                for frame in frames {
                    one.network.send(frame, to: two.node)
                    two.network.send(frame, to: one.node)
                }
                for peer in [one, two] {
                    await peer.recorder.wait(forEvents: 1 + frames.count)
                    #expect(peer.recorder.frames == frames)
                    #expect(peer.count("frames_total{in}") == 10_000)
                    #expect(peer.count("frames_total{out}") == 10_000)
                }
            }
        }
    }

    @Test("the largest frame passes, a larger one is dropped here")
    func largest() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                await Self.link(one, two)
                let largest = [UInt8](repeating: 7, count: PeerLimits.frameBytes)
                one.network.send(largest + [1], to: two.node)
                one.network.send([], to: two.node)
                one.network.send(largest, to: two.node)
                await two.recorder.wait(forEvents: 2)
                #expect(two.recorder.frames == [largest])
                #expect(one.count("frames_dropped_total{size}") == 2)
            }
        }
    }

    @Test("what waits for a peer is bounded: beyond that frames are dropped and counted")
    func bounded() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                await Self.link(one, two)
                let large = [UInt8](repeating: 7, count: PeerLimits.frameBytes)
                for _ in 0..<8 { one.network.send(large, to: two.node) }
                #expect(one.count("frames_dropped_total{full}") > 0)
            }
        }
    }

    @Test("without a link a frame is dropped and counted")
    func noLink() async throws {
        try await TestPeer.run(1, in: try PeerCluster()) { one in
            one.network.send([1], to: PeerCluster.node(2))
            #expect(one.count("frames_dropped_total{unreachable}") == 1)
        }
    }

    @Test("a link breaks when the other side stops and comes back when it starts on the same port")
    func comesBack() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            let two = try await TestPeer(2, in: cluster)
            one.network.setPeers([two.node: two.address])
            await one.recorder.wait(for: .connected(two.node))
            try await two.stop()
            await one.recorder.wait(for: .disconnected(two.node))
            try await TestPeer.run(2, in: cluster, port: two.port) { again in
                await one.recorder.wait(for: .connected(two.node), times: 2)
                one.network.send([5], to: two.node)
                await again.recorder.wait(for: .frame([5], one.node))
            }
        }
    }

    @Test("a peer that moves is dialled at its new address; one that is no peer any more is left alone")
    func moves() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { old in
                try await TestPeer.run(2, in: cluster) { new in
                    one.network.setPeers([old.node: old.address])
                    await one.recorder.wait(for: .connected(old.node))
                    one.network.setPeers([new.node: new.address])
                    await one.recorder.wait(for: .connected(new.node), times: 2)
                    one.network.send([6], to: new.node)
                    await new.recorder.wait(for: .frame([6], one.node))
                    #expect(old.recorder.frames.isEmpty)
                    one.network.setPeers([:])
                    await one.recorder.wait(for: .disconnected(new.node), times: 2)
                }
            }
        }
    }

    @Test("a link on which nothing comes any more is given up, although its connection stands")
    func silence() async throws {
        var impatient = PeerLimits()
        impatient.ping = .milliseconds(100)
        impatient.silence = .milliseconds(300)
        var mute = PeerLimits()
        // Says nothing within the test's time, like a peer that is paused.
        mute.ping = .hours(1)
        mute.silence = .hours(1)
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster, limits: impatient) { one in
            try await TestPeer.run(2, in: cluster, limits: mute) { two in
                one.network.setPeers([two.node: two.address])
                await one.recorder.wait(for: .connected(two.node))
                await one.recorder.wait(for: .disconnected(two.node))
            }
        }
    }

    @Test("signs of life keep an idle link up")
    func idle() async throws {
        var limits = PeerLimits()
        limits.ping = .milliseconds(50)
        limits.silence = .seconds(1)
        // Threads of its own: other tests keep the shared ones busy.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster, limits: limits, group: group) { one in
            try await TestPeer.run(2, in: cluster, limits: limits, group: group) { two in
                await Self.link(one, two)
                // The idleness itself is what is tested: several times what a silent link is allowed.
                try await Task.sleep(for: .milliseconds(2500))
                #expect(!one.recorder.events.contains(.disconnected(two.node)))
            }
        }
        try await group.shutdownGracefully()
    }

    @Test("certificates are renewed while links are up: they stay, and new ones show the new certificate")
    func renewal() async throws {
        let cluster = try PeerCluster()
        let stranger = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                await Self.link(one, two)
                // Not valid here, so that it can be seen which one a handshake used.
                one.network.renew(try stranger.certificates(one.node))
                one.network.send([1], to: two.node)
                await two.recorder.wait(for: .frame([1], one.node))
                #expect(two.count("handshakes_refused_total{certificate}") == 0)
                two.network.setPeers([:])
                await two.recorder.wait(for: .disconnected(one.node))
                #expect(two.count("handshakes_refused_total{certificate}") == 0)
                one.network.renew(try cluster.certificates(one.node))
                two.network.setPeers([one.node: one.address])
                await two.recorder.wait(for: .connected(one.node), times: 2)
                #expect(!one.recorder.events.contains(.disconnected(two.node)))
            }
        }
    }

    /// Links two peers in both directions.
    static func link(_ one: TestPeer, _ two: TestPeer) async {
        one.network.setPeers([two.node: two.address])
        two.network.setPeers([one.node: one.address])
        await one.recorder.wait(for: .connected(two.node))
        await two.recorder.wait(for: .connected(one.node))
    }
}
