import Checks
import HashRing
import SeededRandom

/// Several shards in both roles, in memory or in files, with a clock that only tests move. Commands go through their encoding,
/// as they would through a log.
final class Shards {
    let ids: [ShardID]
    private(set) var machines: [ShardID: ShardMachine] = [:]
    private(set) var logs: [ShardID: [[UInt8]]] = [:]
    private(set) var outcomes: [ShardID: [Outcome]] = [:]
    var summaries: [ShardID: ShardSummary] = [:]
    var now = Timestamp(milliseconds: 1_700_000_000_000)
    var random: SplitMix64
    /// Called after every apply, with what was emitted left in the outbox.
    var service = ServiceSettings()
    private let folder: String?

    static let tombstoneKey = [UInt8](repeating: 7, count: 32)

    init(_ count: Int = 1, seed: UInt64 = 1, folder: String? = nil, settings: ServiceSettings = ServiceSettings())
        throws
    {
        ids = (1...count).compactMap { ShardID(rawValue: UInt16($0)) }
        random = SplitMix64(seed: seed)
        self.folder = folder
        for id in ids { try open(id) }
        try configure { $0.settings = settings }
    }

    func path(_ id: ShardID) -> String? { folder.map { "\($0)/\(id).db" } }

    func open(_ id: ShardID) throws {
        machines[id] = nil
        machines[id] = try ShardMachine(path: path(id), shard: id, tombstoneKey: Self.tombstoneKey)
    }

    func close() { machines = [:] }

    subscript(_ number: Int) -> ShardMachine { machine(ids[number - 1]) }

    func machine(_ id: ShardID) -> ShardMachine {
        guard let machine = machines[id] else { preconditionFailure("shard \(id) is open") }
        return machine
    }

    private var version: UInt64 = 0
    private(set) var services: [Service] = []

    /// Configures one service on all shards.
    func configure(
        _ name: ServiceName = .dmcheck, state: Service.State = .active, cluster: ClusterSettings = ClusterSettings(),
        _ change: (inout Service) -> Void = { _ in }
    ) throws {
        version += 1
        var service =
            services.first { $0.name == name }
            ?? Service(name: name, schema: .verdict, state: state, settings: ServiceSettings())
        service.state = state
        change(&service)
        services.removeAll { $0.name == name }
        services.append(service)
        let configuration = DomainConfiguration(version: version, services: services, settings: cluster)
        for id in ids { try apply(.configure(configuration), to: id) }
    }

    @discardableResult
    func apply(_ command: Command, to id: ShardID) throws -> Outcome {
        let envelope = CommandEnvelope(stamp: now, draw: Draw(rawValue: random.draw()), command: command)
        let bytes = envelope.encoded()
        logs[id, default: []].append(bytes)
        let batch = try machine(id).apply([(UInt64(logs[id]?.count ?? 0), 1, bytes)])
        summaries[id] = batch.summary
        let outcome = batch.outcomes[0].outcome
        outcomes[id, default: []].append(outcome)
        return outcome
    }

    @discardableResult
    func apply(_ command: Command) throws -> Outcome { try apply(command, to: ids[0]) }

    func query(_ query: Query, of id: ShardID? = nil) throws -> QueryResult { try machine(id ?? ids[0]).query(query) }

    func advance(seconds: Int) { now = now.adding(seconds: seconds) }

    /// Where a user is kept: any function of the name will do here.
    func shard(of name: ScreenName) -> ShardID {
        ids[Int(name.folded.utf8.reduce(UInt64(17)) { $0 &* 31 &+ UInt64($1) } % UInt64(ids.count))]
    }

    func home(of client: ClientID) -> ShardID { ids[Int(client.rawValue % UInt64(ids.count))] }
}
