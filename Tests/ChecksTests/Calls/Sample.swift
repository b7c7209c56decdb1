import Checks
import HashRing

/// Values of every kind from which samples are put together: the extremes of each field, and every case of each small
/// enumeration.
enum Sample {
    static let shard = ShardID.all(count: 1024)[1023]
    static let lease = LeaseID(shard: shard, secret: UInt128(1) << 127 | 5)
    static let client = ClientID(rawValue: 9_999_999_999_999_999_999)
    static let clients = [client, ClientID(rawValue: 0), ClientID(rawValue: 1)]
    static let slot = SlotID(rawValue: UInt64.max)
    static let hash = secret(4)
    static let moment = Timestamp(milliseconds: 1_700_000_000_123)
    static let moments = [moment, Timestamp(milliseconds: Int64.min), Timestamp(milliseconds: Int64.max)]
    static let tally = 1 << 48
    static let longName = name("abc_def_ghi_jkl")
    static let service = ServiceName(stored: "a-23456789-23456789-23456789-23")
    static let marking = Marking(service: .dmcheck, lane: .urgent)
    static let pages = [Page(limit: 0), Page(after: [], limit: Int(UInt32.max)), Page(after: [0, 255], limit: 5)]

    static let users = [
        UserReference(screenName: name("a"), accountID: AccountID("9999999999999999999")),
        UserReference(screenName: longName, accountID: AccountID("0")), UserReference(screenName: name("B_1")),
    ]

    static let verdictCounts = Verdict.allCases.map { VerdictCount(verdict: $0, count: Int($0.rawValue) * 1000) }

    static let capabilities = [
        Capability(), Capability(usersPerWindow: 5, windowSeconds: 6, maxBuckets: 0, services: []),
        Capability(usersPerWindow: 0, windowSeconds: 0, maxBuckets: 7, services: [.dmcheck, service]),
    ]

    static let reservations = [
        Reservation(
            client: client, secret: hash, service: service, count: 3, key: Reservation.Key(key: "", body: [1, 2]),
            urgentShards: [shard], normalShards: [], slotsConfirmed: true),
        Reservation(
            client: client, secret: hash, service: .dmcheck, count: 0, key: nil, urgentShards: [],
            normalShards: ShardID.all(count: 3), slotsConfirmed: false),
    ].flatMap { reservation in
        var later = reservation
        later.continues = true
        return [reservation, later]
    }

    static let asks = Lane.allCases.map { SlotAsk(slot: slot, lease: lease, lane: $0, allowance: tally) }

    static let reserveAnswers: [ReserveAnswer] = {
        var more = ReserveAnswer(cap: 10, outstanding: 0, slots: asks, retryAfterSeconds: 0, replay: [])
        more.more = true
        let replay = asks.map { ReplayedSlot(ask: $0, granted: $0.lane == .urgent, undecided: $0.lane == .normal) }
        return [more, ReserveAnswer(cap: 0, outstanding: 3, slots: [], retryAfterSeconds: nil, replay: replay)]
    }()

    static let leases = moments.map {
        LeaseRecord(
            id: lease, service: service, grantedAt: $0, deadline: Timestamp(milliseconds: 1), attempt: 3,
            reported: $0 == moment, users: $0 == moment ? users : [])
    }

    static let clientRecords = ClientState.allCases.flatMap { state in
        capabilities.map {
            var statistics = ClientStatistics()
            statistics.bucketsAssigned = 1
            statistics.bucketsDone = 2
            statistics.bucketsDead = 3
            statistics.bucketsReleased = 4
            statistics.bucketsHeld = 5
            statistics.usersByVerdict = $0.services == nil ? [] : verdictCounts
            statistics.unassignedUser = 6
            statistics.notOwnBucket = 7
            statistics.unknownBucket = 8
            statistics.malformed = 9
            statistics.usersInWindow = 10
            statistics.agreeing = 11
            statistics.judged = tally
            return ClientRecord(
                id: client, screenName: "Ä name", state: state, reason: $0.maxBuckets == nil ? nil : "why",
                firstRegisteredAt: moments[1], lastRegisteredAt: moments[2], lastAccessAt: moment, capability: $0,
                statistics: statistics)
        }
    }
}
