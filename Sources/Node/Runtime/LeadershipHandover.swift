import ServiceLifecycle

/// The first thing that happens when a node is asked to stop: others lead before its HTTP port closes, so that whoever calls
/// it meanwhile is served as ever.
struct LeadershipHandover: Service {
    let host: CoordinatorHost

    func run() async throws {
        try await gracefulShutdown()
        await host.handOver()
    }
}
