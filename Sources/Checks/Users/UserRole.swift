import ShardStore

/// A shard as keeper of users: their tasks, buckets, leases and observations.
///
/// Each command has its file, `UserRole+…`. What is in memory (queues, ready buckets, live leases, exclusions, names of
/// granted buckets) can be rebuilt from the tables alone and never decides differently from them.
final class UserRole {
    let context: ShardContext
    let channels: Channels
    let users: UsersTable
    let tombstones: Tombstones
    let queues: TaskQueues
    let tasks: TasksTable
    let buckets: BucketsTable
    let leases: LeasesTable
    let refusals: Refusals
    let observations: ObservationsTable
    let exclusions: Exclusions
    let jobs: JobsTable
    /// What can be granted, by queue.
    var ready: [Int: ReadyBuckets] = [:]
    var remembered = RememberedBuckets()
    var totals: UserTotals
    private var savedTotals: UserTotals

    init(_ context: ShardContext, channels: Channels, tombstoneKey: [UInt8]) throws {
        let connection = context.connection
        self.context = context
        self.channels = channels
        users = try UsersTable(connection)
        tombstones = try Tombstones(connection, key: tombstoneKey)
        queues = try TaskQueues(context)
        tasks = try TasksTable(connection)
        buckets = try BucketsTable(connection)
        leases = try LeasesTable(connection, shard: context.shard)
        refusals = try Refusals(connection)
        observations = try ObservationsTable(connection)
        exclusions = try Exclusions(connection)
        jobs = try JobsTable(connection)
        totals = UserTotals(packed: try context.load("totals") ?? UserTotals().packed())
        savedTotals = totals
        for (queue, entry) in try buckets.ready() { ready[queue, default: ReadyBuckets()].put(entry) }
    }

    var now: Timestamp { context.now }

    /// Writes what is only in memory.
    func flush() throws {
        try queues.flush()
        if totals != savedTotals {
            try context.store("totals", totals.packed())
            savedTotals = totals
        }
    }

    /// The settings of a service; those of a service that is not known any more are the defaults.
    func settings(_ service: ServiceName) -> ServiceSettings { context.service(service)?.settings ?? ServiceSettings() }

    func service(of key: TaskKey) -> ServiceName { queues[key.queue].service }
    func lane(of key: TaskKey) -> Lane { queues[key.queue].lane }
}
