/// Every bound of the coordinator, and where it comes from.
package enum Limits {
    /// Users that one request may add, mark or recheck: a hundred full buckets; a longer import comes as several requests.
    package static let usersPerRequest = 18_000
    /// Users that one command touches (architecture, section 4: no entry touches more than about 500 rows).
    static let rowsPerCommand = 500
    /// Commands of one fan-out that are under way in one shard: keeps the log busy and the memory small.
    static let commandsPerShard = 2
    /// Requests under way on this node: 16 a shard of the largest usual cluster, each with a few hundred bytes of state.
    static let requestsUnderWay = 8192
    /// Lease requests that wait for work at once; a waiting one costs an entry in a queue and an open connection.
    static let longPolls = 4096
    /// Proposals of clients in flight per group. Consensus itself refuses at 16,384: what conversations must still send
    /// to come to an end always finds room.
    static let proposalsPerGroup = 4096

    /// How long a request may take, as the interface promises.
    static let requestTimeout = Duration.seconds(10)
    /// When to come again after a refusal for load or for want of a leader.
    static let busyRetrySeconds = 1
    /// When to ask again after an empty answer: work that was added is found a second later.
    static let emptyRetrySeconds = 1
    /// When to ask again with the cap reached: a lease ends by a call of the client's own, so it knows better.
    static let capRetrySeconds = 5
    /// Times that one lease request reserves anew after what it reserved found nothing.
    static let reserveRounds = 4
    /// Leases for which one request may ask; apply clamps to the cap.
    static let leasesPerRequest = 1000
    /// Waiting lease requests that one rise of readiness wakes at most.
    static let wakesAtOnce = 256

    /// How long `granted` may wait for company: the slot is undecided at its home until then, and nothing else.
    static let settlementDelay = Duration.milliseconds(50)
    /// Settlements of one home that go at once.
    static let settlementsAtOnce = 64

    /// Events in one delivery: about 10 KiB encoded.
    static let eventsPerDelivery = 128
    /// Undelivered events kept in memory per pair of shards; more are read from the outbox again.
    static let eventsKept = 1024
    /// Delivered events after which the source is told at once.
    static let acknowledgedEvents = 64
    /// How long an acknowledgement may wait for company. It only frees rows.
    static let acknowledgementDelay = Duration.milliseconds(100)
    /// How long a delivery that failed waits.
    static let deliveryRetry = Duration.milliseconds(200)

    /// How often a client's last access is written, at most.
    static let touchInterval = Duration.seconds(60)
    /// How long a touch may wait for company.
    static let touchDelay = Duration.seconds(2)
    /// Clients in one touch.
    static let clientsPerTouch = 256
    /// Clients remembered as touched within the interval; beyond it the memory starts anew.
    static let touchedClients = 100_000

    /// Leases in one lapse or release; each may put a whole bucket back, which is one row.
    static let leasesPerExpiry = 64
    /// When a lapse or release that changed nothing is tried again.
    static let expiryRetry = Duration.seconds(1)
    /// How often at most the homes are asked for leases that the expiry does not know.
    static let expirySearch = Duration.seconds(5)
    /// Clients in one page of that search.
    static let clientsPerSearch = 200

    /// When recovery goes on after a step of it was lost.
    static let recoveryRetry = Duration.milliseconds(500)
    /// When a registration is tried again that came while the client was being unregistered.
    static let registrationRetry = Duration.milliseconds(100)
    /// How often it is looked whether a task has waited too long: an alarm may come a minute late.
    static let waitWatch = Duration.seconds(60)
    /// How often a shard is purged at most.
    static let purgeInterval = Duration.seconds(1)
    /// Queries that one page of a listing may take before it answers with what it has.
    static let queriesPerPage = 256
    /// How long a request that started a job waits for the job's end before it answers.
    static let jobPatience = Duration.seconds(8)

    /// Invites that are neither expired nor used up.
    package static let invites = 1000
    /// Uses of one invite: each is remembered by its client.
    package static let usesPerInvite = 10_000
    /// How long an invite lasts at most: a year.
    package static let inviteSeconds = 366 * 86_400
    /// Services of a cluster: all of them are in every shard's state.
    package static let services = 100
    /// Entries of the registry's log kept before they are compacted.
    static let registryEntriesKept: UInt64 = 64
}
