import ServiceLifecycle

/// A service that is described by its name alone.
///
/// The service group puts the descriptions of its services into its log lines, and makes them whether a line is written or not. A
/// struct's own description is everything it holds: for a node its secrets, and the log that it was restored from, which
/// took seconds after a crash.
struct NamedService<Wrapped: Service>: Service, CustomStringConvertible {
    let service: Wrapped

    init(_ service: Wrapped) { self.service = service }

    var description: String { String(describing: Wrapped.self) }

    func run() async throws { try await service.run() }
}
