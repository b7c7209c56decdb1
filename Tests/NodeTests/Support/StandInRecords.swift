import Checks
import Coordinator
import HashRing
import Node

/// What the stand-in has to show: one of each kind, with everything set that can be.
enum StandInRecords {
    static let now = Timestamp(milliseconds: 1_767_225_600_000)

    private static let name = ScreenName("someone")
    private static let node = NodeID(rawValue: 1)

    static func client(_ id: ClientID, _ name: String) -> ClientRecord {
        var statistics = ClientStatistics()
        statistics.usersByVerdict = [VerdictCount(verdict: .dm, count: 3)]
        return ClientRecord(
            id: id, screenName: name, state: .throttled, reason: "too many dead buckets", firstRegisteredAt: now,
            lastRegisteredAt: now, lastAccessAt: now,
            capability: Capability(maxBuckets: 2, services: [.dmcheck]), statistics: statistics)
    }

    static let clients = [ClientID("7")].compactMap { $0 }.map { client($0, "someone") }

    static let leases = [LeaseID("AAEAAAAAAAAAAAAAAAAAAAAA")].compactMap { $0 }.map { id in
        LeaseRecord(
            id: id, service: .dmcheck, grantedAt: now, deadline: now, attempt: 1, reported: false, users: users)
    }

    static let users = [name].compactMap { $0 }.map { UserReference(screenName: $0, accountID: AccountID("12")) }

    static let listed = users.map { UserListItem(user: $0, state: .done, lane: .urgent, attempt: 1) }

    static func user(_ name: ScreenName) -> UserRecord {
        UserRecord(
            user: UserReference(screenName: name, accountID: AccountID("12")), addedAt: now,
            tasks: [.init(service: .dmcheck, state: .done, lane: .normal, attempt: 1)],
            verdicts: [nil, now].map { end in
                VerdictRecord(
                    service: .dmcheck, verdict: .nonDM, conditional: false, validFrom: now, validTo: end,
                    clients: clients.map(\.id), leases: leases.map(\.id))
            }, possiblyRenamed: true)
    }

    static let event = EventRecord(
        at: now, kind: "reported", service: .dmcheck, client: clients.first?.id, lease: leases.first?.id,
        details: [.init(name: "verdict", value: .text("dm")), .init(name: "attempt", value: .number(1))])

    static let counts = {
        var counts = ShardCounts()
        counts.byVerdict = Verdict.allCases.map { VerdictCount(verdict: $0, count: 1) }
        counts.oldestWaiting = now
        return counts
    }()

    static let cluster = ClusterView(
        id: "c", registryVersion: 1, stateVersion: 1,
        members: [
            .init(
                name: "n1", id: node, http: "127.0.0.1:1", peer: "127.0.0.1:2", state: .active, health: .alive,
                zone: "z",
                weight: 1, shards: 1, leaders: 1, clockOffsetMilliseconds: -5)
        ],
        shards: [ShardID(rawValue: 1)].compactMap { $0 }.map { shard in
            .init(
                id: shard, leader: nil, term: 1,
                replicas: [.init(node: node, role: .voter, applied: 9, digest: [0, 255])], target: [node])
        }, ringVersion: 1, balanced: true, healthy: true, underReplicated: 0)

    /// Three pages of two rows.
    static func exportPage(_ page: PageRequest) -> Listing<ExportRow> {
        let number = Int(page.cursor?.first ?? 0)
        let rows = (0..<2).compactMap { ScreenName("user\(number * 2 + $0)") }.map {
            ExportRow(
                user: UserReference(screenName: $0), state: .pending, verdict: nil, conditional: false, validFrom: nil,
                clients: [])
        }
        return Listing(items: rows, next: number < 2 ? [UInt8(number + 1)] : nil)
    }
}
