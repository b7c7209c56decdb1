import HashRing
import Logging
import NIOCore

/// Every connection between this node and its peers, on one event loop: what is open, what is being dialled, what is refused.
///
/// One loop, because then the calls to ``PeerEvents`` have one order and nothing here needs a lock.
actor Switchboard {
    nonisolated let loop: any EventLoop
    nonisolated let executor: any SerialExecutor
    nonisolated let identity: PeerIdentity
    nonisolated let limits: PeerLimits
    nonisolated let metrics: PeerMetrics
    nonisolated let logger: Logger
    /// Work that waits for disks or answers, for ``PeerNetwork/run()``.
    nonisolated let jobs: AsyncStream<Job>
    nonisolated let jobQueue: AsyncStream<Job>.Continuation
    nonisolated let outbox = DatagramQueue(
        countLimit: PeerLimits.queuedDatagrams, byteLimit: PeerLimits.queuedDatagrams * PeerLimits.datagramBytes,
        isOpen: true)

    /// What new handshakes use.
    var certificates: PeerCertificates
    /// `nil` before the start.
    var events: (any PeerEvents)?
    var isStopped = false
    var listener: (any Channel)?
    var datagrams: (any Channel)?
    var hosts = HostCache()
    /// The peers that are dialled.
    var peers: [NodeID: Peer] = [:]
    /// Numbers attempts and waits, so that what an old one reports is known to be old.
    var dials: UInt64 = 0
    var random = SystemRandomNumberGenerator()
    /// The newest connection of each peer that dialled this node.
    var incoming: [NodeID: any Channel] = [:]
    /// Connections that have not said yet who they are, with the end of their time.
    var unidentified: [ObjectIdentifier: (channel: any Channel, end: Scheduled<Void>)] = [:]
    var joinGate = JoinGate()
    /// Files on their way in, and on their way out.
    var filesIn = 0
    var filesOut = 0

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(
        identity: PeerIdentity, certificates: PeerCertificates, limits: PeerLimits, loop: any EventLoop,
        metrics: PeerMetrics, logger: Logger
    ) {
        self.identity = identity
        self.certificates = certificates
        self.limits = limits
        self.loop = loop
        executor = loop.executor
        self.metrics = metrics
        self.logger = logger
        (jobs, jobQueue) = AsyncStream.makeStream()
    }

    /// Something about a connection that takes its time.
    enum Job: Sendable {
        case file(NIOAsyncChannel<ByteBuffer, ByteBuffer>, from: NodeID)
        case join(any Channel, request: [UInt8])
    }

    /// Does something in one of the loop's next turns; what is handed in first comes first.
    nonisolated func onLoop(_ body: @escaping @Sendable (isolated Switchboard) -> Void) {
        loop.execute { self.assumeIsolated(body) }
    }

    /// Binds TCP and UDP on the same port; from then on everything is told to `events`.
    func start(_ events: any PeerEvents, at address: HostPort) async throws -> Int {
        self.events = events
        var attempt = 1
        while true {
            let port = try await listen(address)
            do {
                try await bindDatagrams(HostPort(host: address.host, port: port)).get()
                return port
            } catch {
                try? await listener?.close()
                listener = nil
                // Where the system chooses TCP's port, UDP's may be taken: another choice, another chance.
                guard address.port == 0, attempt < PeerLimits.portAttempts else { throw error }
                attempt += 1
            }
        }
    }

    func renew(_ certificates: PeerCertificates) { self.certificates = certificates }

    /// Closes everything and reports the links that this breaks; nothing is reported afterwards.
    func stop() async {
        guard !isStopped else { return }
        setPeers([:])
        isStopped = true
        jobQueue.finish()
        _ = outbox.close()
        let open = [listener, datagrams].compactMap { $0 }
        let connections = incoming.values + unidentified.values.map(\.channel)
        for (node, channel) in incoming { endIncoming(channel, of: node) }
        for (channel, _) in unidentified.values { channel.abort() }
        for channel in open { channel.close(promise: nil) }
        for channel in open + connections { try? await channel.closeFuture.get() }
    }
}
