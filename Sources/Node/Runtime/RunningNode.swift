import Checks
import Consensus
import Coordinator
import HashRing
import Logging
import NIOCore
import NIOPosix
import NIOSSL
import ServiceLifecycle
import ShardStore
import UnixSignals

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One node, serving: everything between the data folder and the HTTP port.
package final class RunningNode: Sendable {
    /// Threads that may wait for a disk: the log writer's, the log keeper's, and two that apply shards.
    private static let diskThreads = 4

    /// Where clients reach it: the port that was really taken.
    package let http: HostPort
    private let group: ServiceGroup
    private let serving: Task<Void, any Error>

    private init(http: HostPort, group: ServiceGroup, serving: Task<Void, any Error>) {
        self.http = http
        self.group = group
        self.serving = serving
    }

    /// Opens or founds the folder, takes office and listens; returns once it serves.
    ///
    /// - Throws: ``StartError`` or a `StoreError` with what to do; nothing is damaged then.
    package static func start(
        _ wanted: NodeConfiguration, clock: any NodeClock = SystemClock(), logger: Logger,
        handlesSignals: Bool = false,
        crashAt: String? = nil
    ) async throws -> RunningNode {
        var configuration = wanted
        let crashPoints = try CrashPoints(crashAt)
        let folder = DataFolder(path: configuration.dataFolder)
        try folder.make()
        let lock = try FolderLock(path: folder.processNumber)
        try await ListeningPort.check(configuration.http, option: "--http")
        try await ListeningPort.check(configuration.peer, option: "--peer")
        let found = try await Founding.open(configuration, in: folder)
        let certificates = try CertificateFolder(path: folder.certificates).prepare(
            cluster: found.identity.cluster, node: found.identity.node, hosts: [configuration.advertise],
            mayFound: found.registry == nil, now: Date())
        let certificate = try configuration.insecureHTTP ? nil : ServedCertificate(certificates.node.forClients())
        let metrics = PrometheusRegistry()
        let link = try await NodeNetwork.open(
            found, certificates, configuration, in: folder, logger: logger, metrics: metrics)
        configuration.peer.port = link.port
        let disks = MultiThreadedEventLoopGroup(numberOfThreads: diskThreads)
        let services: NodeServices
        do {
            services = try await NodeServices.open(
                found, configuration, folder: folder, disks: disks, network: link.network, secrets: link.secrets,
                metrics: metrics, clock: clock, logger: logger, crashPoints: crashPoints)
        } catch {
            try? await disks.shutdownGracefully()
            throw error
        }
        await services.host.start()
        if link.isAlone { try await services.takeOffice() }
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let face = HTTPFace(
            configuration: HTTPFaceConfiguration(
                host: configuration.http.host, port: configuration.http.port, node: configuration.name,
                certificate: certificate),
            environment: services.environment, routes: services.routes,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            running: { listening.yield($0) })
        var settings = ServiceGroupConfiguration(
            services: [
                .init(service: NamedService(link.network.peers)), .init(service: NamedService(services)),
                .init(
                    service: NamedService(
                        CertificateKeeper(
                            folder: folder, node: found.identity.node, network: link.network,
                            served: certificate, advertise: configuration.advertise, logger: logger))),
                .init(service: NamedService(face)),
                // The last to begin is the first to end.
                .init(service: NamedService(LeadershipHandover(host: services.host))),
            ],
            gracefulShutdownSignals: handlesSignals ? [.sigterm, .sigint] : [], logger: logger)
        settings.maximumGracefulShutdownDuration = .seconds(30)
        let group = ServiceGroup(configuration: settings)
        let serving = Task {
            defer { listening.finish() }
            do {
                try await group.run()
            } catch {
                // The fault that ended the node says more than the service group's word for it.
                throw services.observer.firstFault ?? error
            }
            withExtendedLifetime(lock) {}
        }
        guard let port = await ports.first(where: { _ in true }) else {
            do { try await serving.value } catch let error as IOError {
                throw StartError.listening(on: configuration.http, option: "--http", error)
            }
            throw StartError("the node stopped before it served", remedy: "see its log")
        }
        var identity = found.identity
        identity.http = HostPort(host: configuration.http.host, port: port).description
        identity.peer = configuration.peer.description
        if try IdentityFile.read(folder.identity) != identity { try identity.write(to: folder.identity) }
        logger.notice(
            "serving",
            metadata: ["http": "\(identity.http)", "cluster": "\(identity.cluster)", "shards": "\(identity.shards)"])
        return RunningNode(http: HostPort(host: configuration.http.host, port: port), group: group, serving: serving)
    }

    /// Answers what is under way and stops; everything acknowledged is durable.
    package func stop() async throws {
        await group.triggerGracefulShutdown()
        try await serving.value
    }

    /// Returns when the node has stopped, by a signal or by a fault.
    package func run() async throws { try await serving.value }
}
