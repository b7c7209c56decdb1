import NIOCore
import NIOPosix

/// Carries what nodes send each other, by UDP and TCP, where the kernel cannot be asked to lose it.
///
/// Each node listens at an address of its own that it tells nobody, and advertises another, at which the proxy listens. What
/// comes there is passed on from the sender's advertised address, so that the answer comes through the proxy too. A cut means
/// unheard, as with packets that are dropped: datagrams vanish, connections stand still, and neither side is told.
///
/// One event loop, whose turns give everything one order.
package actor PeerProxy {
    nonisolated let loop: any EventLoop
    nonisolated let executor: any SerialExecutor
    /// What becomes of packets on paths that are diverted.
    package nonisolated let fates = PacketFates()
    /// Tells the nodes' connections apart: to be told of every process of a node.
    package nonisolated let owners = SocketOwners()

    struct Site {
        /// Where the node really listens, and from where its datagrams come.
        let real: SocketAddress
        let listener: any Channel
        let datagrams: any Channel
    }

    var sites: [Int: Site] = [:]
    /// Who sends from there.
    var senders: [SocketAddress: Int] = [:]
    var cuts: Set<Path> = []
    var diverted: Set<Path> = []
    /// When the last datagram arrives that none may overtake.
    var lastArrivals: [Path: NIODeadline] = [:]
    var waitingDatagrams = 0
    var relays: [Int: Relay] = [:]
    var accepted = 0

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(loop: any EventLoop = MultiThreadedEventLoopGroup.singleton.next()) {
        self.loop = loop
        executor = loop.executor
    }

    /// Listens in the place of a node.
    ///
    /// - Parameters:
    ///   - advertised: where its peers look for it; TCP and UDP.
    ///   - real: where it listens.
    package func admit(_ number: Int, advertised: SocketAddress, real: SocketAddress) async throws {
        let listener = try await listen(for: number, at: advertised)
        do {
            let datagrams = try await bindDatagrams(for: number, at: advertised)
            sites[number] = Site(real: real, listener: listener, datagrams: datagrams)
            senders[real] = number
        } catch {
            try? await listener.close()
            throw error
        }
    }

    /// From now on nothing that `sender` sends reaches `receiver`.
    package func cut(from sender: Int, to receiver: Int) { cuts.insert(Path(sender: sender, receiver: receiver)) }

    /// What stood still flows on.
    package func mend(from sender: Int, to receiver: Int) {
        cuts.remove(Path(sender: sender, receiver: receiver))
        for id in relays.keys { pump(id) }
    }

    /// From now on ``fates`` says what becomes of what `sender` sends to `receiver`.
    package func divert(from sender: Int, to receiver: Int) {
        diverted.insert(Path(sender: sender, receiver: receiver))
    }

    package func straighten(from sender: Int, to receiver: Int) {
        diverted.remove(Path(sender: sender, receiver: receiver))
    }

    package func close() async {
        for site in sites.values {
            try? await site.listener.close()
            try? await site.datagrams.close()
        }
        for relay in relays.values {
            try? await relay.near.close()
            try? await relay.channel(.far)?.close()
        }
        sites = [:]
        senders = [:]
    }
}
