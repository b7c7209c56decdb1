import Foundation
import NIOCore
import PacketFaults
import Testing

/// Real sockets on loopback addresses. What is sent by one node after another reaches the proxy in this order, so that what comes
/// later says of what came earlier that it did not get through.
@Suite("The proxy between nodes", .serialized, .timeLimit(.minutes(1)))
struct PeerProxyTests {
    let proxy = PeerProxy()
    let nodes: [LoneNode]
    let log: AsyncStream<String>

    init() async throws {
        let (log, writer) = AsyncStream.makeStream(of: String.self)
        self.log = log
        var nodes: [LoneNode] = []
        for number in 1...3 { nodes.append(try await LoneNode(number, behind: proxy, writer)) }
        self.nodes = nodes
        // Whatever this process dials, the first of them dials.
        proxy.owners.node(1, is: ProcessInfo.processInfo.processIdentifier)
    }

    private func stop() async throws {
        await proxy.close()
        for node in nodes { try await node.stop() }
    }

    @Test("a machine on which these tests run permits the proxy")
    func isPossible() async throws {
        #expect(await PeerProxy.isPossible(at: "127.77.0.1"))
        // An address of nobody's (RFC 5737).
        #expect(await !PeerProxy.isPossible(at: "192.0.2.1"))
        try await stop()
    }

    @Test("a datagram comes from its sender's advertised address, is lost across a cut, and not against it")
    func datagrams() async throws {
        var seen = log.makeAsyncIterator()
        try await nodes[0].send("a", to: nodes[1])
        #expect(await seen.next() == "n2 a from 127.77.1.1")
        await proxy.cut(from: 1, to: 2)
        try await nodes[0].send("b", to: nodes[1])
        try await nodes[2].send("c", to: nodes[1])
        #expect(await seen.next() == "n2 c from 127.77.3.1")
        try await nodes[1].send("d", to: nodes[0])
        #expect(await seen.next() == "n1 d from 127.77.2.1")
        await proxy.mend(from: 1, to: 2)
        try await nodes[0].send("e", to: nodes[1])
        #expect(await seen.next() == "n2 e from 127.77.1.1")
        try await stop()
    }

    @Test("datagrams on a diverted path are lost and late as the conduct says")
    func diverted() async throws {
        var seen = log.makeAsyncIterator()
        var conduct = Conduct()
        conduct.loss = 100
        proxy.fates.behave(conduct, seed: 1)
        await proxy.divert(from: 1, to: 2)
        try await nodes[0].send("lost", to: nodes[1])
        try await nodes[2].send("a", to: nodes[1])
        #expect(await seen.next() == "n2 a from 127.77.3.1")
        #expect(proxy.fates.carried == 1)
        conduct.loss = 0
        conduct.delay = 0.2...0.2
        proxy.fates.behave(conduct, seed: 1)
        let start = ContinuousClock.now
        try await nodes[0].send("late", to: nodes[1])
        #expect(await seen.next() == "n2 late from 127.77.1.1")
        #expect(ContinuousClock.now - start >= .milliseconds(200))
        await proxy.straighten(from: 1, to: 2)
        try await stop()
    }

    @Test("a connection stands still while one direction is cut, and flows on", arguments: [(1, 2), (2, 1)])
    func streams(cut: (from: Int, to: Int)) async throws {
        var seen = log.makeAsyncIterator()
        let (cut1, clear) = (try await nodes[0].connect(to: nodes[1]), try await nodes[0].connect(to: nodes[2]))
        try await cut1.writeAndFlush(ByteBuffer(string: "a"))
        #expect(await seen.next() == "n2 a")
        await proxy.cut(from: cut.from, to: cut.to)
        try await cut1.writeAndFlush(ByteBuffer(string: "b"))
        try await clear.writeAndFlush(ByteBuffer(string: "c"))
        #expect(await seen.next() == "n3 c")
        #expect(cut1.isActive)
        await proxy.mend(from: cut.from, to: cut.to)
        #expect(await seen.next() == "n2 b")
        try await cut1.close()
        try await clear.close()
        try await stop()
    }

    @Test("of a connection that is begun and ended across a cut nobody hears until it is mended")
    func unheard() async throws {
        var seen = log.makeAsyncIterator()
        let old = try await nodes[0].connect(to: nodes[1])
        try await old.writeAndFlush(ByteBuffer(string: "a"))
        #expect(await seen.next() == "n2 a")
        await proxy.cut(from: 1, to: 2)
        let new = try await nodes[0].connect(to: nodes[1])
        try await new.writeAndFlush(ByteBuffer(string: "b"))
        try await old.close()
        #expect(await seen.next() == "n1 end")
        let clear = try await nodes[0].connect(to: nodes[2])
        try await clear.writeAndFlush(ByteBuffer(string: "c"))
        #expect(await seen.next() == "n3 c")
        await proxy.mend(from: 1, to: 2)
        let rest = [await seen.next(), await seen.next()]
        #expect(Set(rest) == ["n2 end", "n2 b"])
        try await new.close()
        try await clear.close()
        try await stop()
    }

    @Test("whose a connection is can be told among more of them than the kernel lists at once")
    func many() async throws {
        var seen = log.makeAsyncIterator()
        var open: [any Channel] = []
        for _ in 0..<100 { open.append(try await nodes[0].connect(to: nodes[2])) }
        for channel in open { try await channel.writeAndFlush(ByteBuffer(string: "a")) }
        for _ in open { #expect(await seen.next() == "n3 a") }
        await proxy.cut(from: 1, to: 3)
        for channel in open { try await channel.writeAndFlush(ByteBuffer(string: "b")) }
        let clear = try await nodes[0].connect(to: nodes[1])
        try await clear.writeAndFlush(ByteBuffer(string: "c"))
        #expect(await seen.next() == "n2 c")
        for channel in open + [clear] { try await channel.close() }
        try await stop()
    }

    @Test("a connection of nobody's passes whatever is cut")
    func strangers() async throws {
        var seen = log.makeAsyncIterator()
        // No process has this number.
        proxy.owners.node(1, is: -1)
        await proxy.cut(from: 1, to: 2)
        let channel = try await nodes[0].connect(to: nodes[1])
        try await channel.writeAndFlush(ByteBuffer(string: "a"))
        #expect(await seen.next() == "n2 a")
        try await channel.close()
        try await stop()
    }
}
