import HashRing
import NIOCore
import NIOPosix
import Node
import Testing

@Suite("Datagrams between peers", .timeLimit(.minutes(1)))
struct PeerDatagramTests {
    @Test("datagrams go both ways, by address and by name, up to the largest")
    func bothWays() async throws {
        let cluster = try PeerCluster()
        try await TestPeer.run(1, in: cluster) { one in
            try await TestPeer.run(2, in: cluster) { two in
                let largest = [UInt8](repeating: 3, count: PeerLimits.datagramBytes)
                one.network.sendDatagram([1, 2, 3], to: two.address)
                await two.recorder.wait(for: .datagram([1, 2, 3], one.address))
                two.network.sendDatagram(largest, to: HostPort(host: "localhost", port: one.port))
                await one.recorder.wait(for: .datagram(largest, two.address))
                // From now on the name's address is known.
                two.network.sendDatagram([4], to: HostPort(host: "localhost", port: one.port))
                await one.recorder.wait(for: .datagram([4], two.address))
                #expect(two.count("datagrams_total{out}") == 2)
                #expect(one.count("datagrams_total{in}") == 2)
            }
        }
    }

    @Test("one that is too large is dropped by the sender, and by the receiver of a careless sender")
    func tooLarge() async throws {
        try await TestPeer.run(1, in: try PeerCluster()) { one in
            let large = [UInt8](repeating: 3, count: PeerLimits.datagramBytes + 1)
            one.network.sendDatagram(large, to: one.address)
            one.network.sendDatagram([], to: one.address)
            #expect(one.count("datagrams_dropped_total{size}") == 2)
            let socket = try await DatagramBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .bind(host: "127.0.0.1", port: 0).get()
            let target = try SocketAddress(ipAddress: "127.0.0.1", port: one.port)
            try await socket.writeAndFlush(AddressedEnvelope(remoteAddress: target, data: ByteBuffer(bytes: large)))
            await one.wait(forCount: "datagrams_refused_total")
            #expect(one.recorder.events.isEmpty)
            try await socket.close()
        }
    }

    @Test("a name without an address, and an address that the socket cannot reach, cost the datagram and no more")
    func unreachable() async throws {
        try await TestPeer.run(1, in: try PeerCluster()) { one in
            one.network.sendDatagram([1], to: HostPort(host: "nobody.dmcheck.invalid", port: 1))
            await one.wait(forCount: "datagrams_dropped_total{unreachable}", 1)
            one.network.sendDatagram([1], to: HostPort(host: "::1", port: 1))
            await one.wait(forCount: "datagrams_dropped_total{unreachable}", 2)
            one.network.sendDatagram([2], to: one.address)
            await one.recorder.wait(for: .datagram([2], one.address))
        }
    }
}
