import Checks
import Consensus
import Coordinator
import HashRing
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import ShardStore

/// The part of a node behind its HTTP face: coordinator, log and appliers, from opening to a clean stop.
struct NodeServices: ServiceLifecycle.Service {
    let host: CoordinatorHost
    let observer: RuntimeObserver
    let environment: HTTPEnvironment
    let routes: RouteTable
    private let network: ClusterNetwork
    private let log: LogWriter
    private let appliers: [ShardApplier]
    private let checkpointer: Checkpointer
    private let disks: MultiThreadedEventLoopGroup
    private let clock: any NodeClock
    private let logger: Logger

    /// Opens log and shards and rebuilds the coordinator from them.
    static func open(
        _ found: FoundNode, _ configuration: NodeConfiguration, folder: DataFolder, disks: MultiThreadedEventLoopGroup,
        network: ClusterNetwork, secrets: ClusterSecrets, metrics: PrometheusRegistry, clock: any NodeClock,
        logger: Logger, crashPoints: CrashPoints
    ) async throws -> NodeServices {
        let observer = RuntimeObserver(logger: logger, metrics: metrics)
        let logPath = folder.log
        let log = try LogWriter(
            opening: { try NodeLog(path: logPath) }, in: folder, on: disks.next(), observer: observer,
            crashPoints: crashPoints)
        let keeper = try LogKeeper(path: logPath, on: disks.next())
        let applyLoops = [disks.next(), disks.next()]
        var appliers: [ShardID: ShardApplier] = [:]
        var summaries: [ShardID: ShardSummary] = [:]
        let held = found.groups.filter { $0.group.rawValue != 0 }
        try ShardFolder.discard(
            in: folder.shards,
            keeping: Dictionary(uniqueKeysWithValues: held.map { ($0.group.rawValue, $0.generation) }))
        for number in 1...found.identity.shards {
            guard let shard = UInt16(exactly: number).flatMap(ShardID.init(rawValue:)) else { continue }
            let applier = ShardApplier(
                shard: shard, folder: folder, tombstoneKey: found.keys.tombstone, cluster: found.identity.cluster,
                on: applyLoops[number % applyLoops.count], observer: observer, crashPoints: crashPoints,
                faults: configuration.plantedFaults)
            appliers[shard] = applier
            guard let group = held.first(where: { $0.group.rawValue == shard.rawValue }) else { continue }
            summaries[shard] = try await applier.open(generation: group.generation)
        }
        let restored = try Restoring.node(found, configuration, secrets: secrets, summaries: summaries, in: folder)
        let host = CoordinatorHost(
            restored: restored, clock: clock, log: log, appliers: appliers, folder: folder, network: network,
            observer: observer, faults: configuration.plantedFaults)
        let ordered = appliers.keys.sorted().compactMap { appliers[$0] }
        for applier in ordered { await applier.connect(host.post) }
        await log.connect(host.post)
        network.connect(host, fail: observer.fail, host.post)
        var environment = HTTPEnvironment(
            performer: host, settings: { observer.settings }, now: { clock.now().wall },
            monotonicMilliseconds: { clock.now().monotonic.milliseconds }, store: { observer.storeFigures },
            ownCaller: .operator(name: Founding.operatorName, found.operatorSecret),
            authorityFingerprint: { Digests.sha256(network.registry?.secrets.authorityCertificate ?? []) },
            metrics: metrics, logger: logger)
        environment.figures = NodeFigures.source(of: folder, node: found.identity.node)
        environment.forward = { await network.forward($0, to: $1) }
        environment.passedOn = (network.calls, PassedOnPerformer(host: host))
        BackupDesk.discardLeftovers(in: folder)
        environment.backups = BackupDesk(host: host, appliers: appliers, folder: folder, network: network)
        return NodeServices(
            host: host, observer: observer, environment: environment, routes: Endpoints(environment).table(),
            network: network, log: log,
            appliers: ordered, checkpointer: Checkpointer(appliers: ordered, log: keeper, clock: clock), disks: disks,
            clock: clock, logger: logger)
    }

    /// Returns once every group has a leader that has taken up what was left, so that the first call finds a node that knows its
    /// operators; for a node that is alone in its cluster: where others vote too, it serves what it can from the start.
    ///
    /// It asks again and again, with a pause: what it waits for (log entries read and applied) needs the processor itself.
    ///
    /// - Throws: the fault that keeps it from that, or ``StartError`` with the reasons after ``officeTurns`` questions.
    func takeOffice() async throws {
        var reasons: [String] = []
        for _ in 0..<Self.officeTurns {
            if let fault = observer.firstFault { throw fault }
            if case .answered(.success(.readiness(let found))) = await host.perform(.readiness) {
                if found.isEmpty { return }
                reasons = found
            }
            try await Task.sleep(for: Self.officePause)
        }
        throw StartError(
            "the node does not become ready: \(reasons.joined(separator: " "))", remedy: "see its log, then start again"
        )
    }

    /// Short beside what a start costs anyway (70 ms).
    private static let officePause = Duration.milliseconds(2)
    /// Ten minutes: many times what the longest log takes.
    private static let officeTurns = 300_000

    /// Runs until a graceful shutdown, then drains, or until a fault, then throws it.
    func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await checkpointer.run() }
            group.addTask { await network.calls.watch(clock) }
            group.addTask {
                for await fault in observer.faults { throw fault }
            }
            group.addTask { try await gracefulShutdown() }
            // The first to end says why: a fault throws, a shutdown returns.
            while let ended = await group.nextResult() {
                if case .failure(let error) = ended {
                    group.cancelAll()
                    throw error
                }
                break
            }
            group.cancelAll()
        }
        await host.drain()
        network.close()
        for applier in appliers { await applier.close() }
        await checkpointer.log.close()
        try await log.close()
        logger.notice("stopped: everything acknowledged is on disk")
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int64 { components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000 }
}
