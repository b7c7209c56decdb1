/// Every bound of the coordinator, and where it comes from.
package enum Limits {
    /// Users that one request may add, mark or recheck: a hundred full buckets; a longer import comes as several requests.
    package static let usersPerRequest = 18_000
    /// Users that one command touches (the Limits article: no entry touches more than about 500 rows).
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
    package static let requestTimeout = Duration.seconds(10)
    /// How long a lease request may wait for work besides, as the interface allows.
    package static let longestWaitSeconds = 30
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

    /// Replicas of a shard; what the ring takes at most.
    static let replicasPerShard = 7
    /// Members of a cluster, those on their way included: twice the largest that is tested.
    static let members = 400
    /// Nodes remembered as removed: their certificates run out long before so many more have gone.
    static let removedNodes = 4096
    /// Join tokens that are neither expired nor used up.
    static let joinTokens = 1000
    /// Uses of one join token.
    static let usesPerJoinToken = 1000
    /// Keys that open gossip: the one in use, the one before for who has not heard yet, and the one to come.
    static let gossipKeys = 3
    /// How long a key waits until every live member has it: two rounds of full exchange. Who has not heard by then learns the
    /// key over its links, and is not heard by gossip until it does.
    static let gossipKeyPatience = Duration.seconds(60)

    /// Calls to other nodes under way: as many as requests, and a few for each.
    static let callsUnderWay = 32_768
    /// Times that a call is sent on to another node before it is given up.
    static let callAttempts = 4
    /// How long a call to another node may take: less than a request, so that its caller can still answer.
    static let callTimeout = Duration.seconds(8)
    /// How long something waits for a group to have a leader: an election after a lost link takes a fifth of it, and a
    /// minority says that it is one within a second.
    static let leaderPatience = Duration.milliseconds(800)
    /// How long after the end of an office what was proposed in it waits for its fate: the next leader commits it within a few
    /// round trips, or something else in its place.
    static let fatePatience = Duration.milliseconds(600)
    /// How long a group's leader, or for a leader a quorum, may be silent before whoever waits for it is told, and how often
    /// that is looked at: four heartbeats, and the answer leaves within a second of the last.
    static let silence = Duration.milliseconds(650)
    static let silenceGrain = Duration.milliseconds(150)
    /// How long a node may take to say what it holds.
    static let reportPatience = Duration.seconds(1)
    /// How long other nodes may take to deliver what their shards have emitted for a home.
    static let drainPatience = Duration.milliseconds(500)
    /// How long it is waited for every replica's digest, and how often it is looked.
    static let digestPatience = Duration.seconds(5)
    static let digestRetry = Duration.milliseconds(50)

    /// Heartbeats of all groups leave at multiples of this, so that they share a message.
    static let heartbeatGrid = Duration.milliseconds(50)
    /// How often peers are told what is led here: what became available is known everywhere a second later.
    static let announcementInterval = Duration.milliseconds(900)
    /// How far a clock may be from its peers' median, in milliseconds.
    static let clockSkew: Int64 = 500
    /// How far two clocks may be apart that are both as far from the median as they may be.
    static let clockDistance = Duration.milliseconds(2 * clockSkew)
    /// When a node whose clock cannot be trusted looks again.
    static let clockRetry = Duration.milliseconds(250)

    /// How long after a leader's link broke the first of its followers asks to succeed it: the others have noticed by then.
    static let successionDelay = Duration.milliseconds(20)
    /// How much later the next one asks: a vote takes two round trips and a write to disk.
    static let successionStep = Duration.milliseconds(120)
    /// When it is asked again.
    static let successionRetry = Duration.milliseconds(250)

    /// How often a leader compares its group with the ring, and how soon after a step.
    static let rebalancingInterval = Duration.seconds(1)
    static let rebalancingStep = Duration.milliseconds(100)
    /// Groups led here that copy to a new voter at the same time.
    static let copiesAtOnce = 3
    /// How long a new leader keeps what it took over, wherever the ring would have it: five rounds of gossip, by which it
    /// has heard whether the node that led before it is on its way out.
    static let officeRest = Duration.seconds(1)
    /// Entries that a follower may lack when leadership is handed to it: nothing is proposed until it has them, and it is
    /// sent so many in one message.
    static let transferLag: UInt64 = 64
    /// How long leadership rests after it was to move and did not.
    static let transferRest = Duration.seconds(2)
    /// How often the registry's leader looks after the members.
    static let memberWatchInterval = Duration.milliseconds(500)
    /// Entries kept beyond what is durable for a follower that is a little behind: a short absence costs no snapshot.
    static let entriesKeptForFollowers: UInt64 = 20_000

    /// How long a node that stops waits until its leaderships are taken over, and how often it looks.
    static let handoverPatience = Duration.seconds(3)
    static let handoverStep = Duration.milliseconds(20)
}
