import Checks

enum QueryCase: CallCase {
    case authenticate, mayLease, client, clients, activity, slots, openWork
    case lease, leaseAsGranted, leases, users, user, events, counts, export
    case outbox, statistics, digest

    init(_ value: Query) {
        switch value {
        case .authenticate: self = .authenticate
        case .mayLease: self = .mayLease
        case .client: self = .client
        case .clients: self = .clients
        case .activity: self = .activity
        case .slots: self = .slots
        case .openWork: self = .openWork
        case .lease: self = .lease
        case .leaseAsGranted: self = .leaseAsGranted
        case .leases: self = .leases
        case .users: self = .users
        case .user: self = .user
        case .events: self = .events
        case .counts: self = .counts
        case .export: self = .export
        case .outbox: self = .outbox
        case .statistics: self = .statistics
        case .digest: self = .digest
        }
    }

    var samples: [Query] {
        let (client, lease, hash, pages) = (Sample.client, Sample.lease, Sample.hash, Sample.pages)
        return switch self {
        case .authenticate: [.authenticate(client, hash)]
        case .mayLease: Sample.reservations.map { .mayLease($0) }
        case .client: Sample.clients.map { .client($0) }
        case .clients: pages.map { .clients($0) }
        case .activity:
            [
                .activity(client, from: nil, to: nil, pages[0]),
                .activity(client, from: Sample.moments[1], to: nil, pages[1]),
                .activity(client, from: nil, to: Timestamp(milliseconds: 0), pages[2]),
            ]
        case .slots: Sample.clients.map { .slots($0) }
        case .openWork: [.openWork]
        case .lease: [.lease(lease, client, hash)]
        case .leaseAsGranted: [.leaseAsGranted(lease, client)]
        case .leases: [.leases([], client), .leases([lease, lease], client)]
        case .users:
            TaskState.allCases.map { .users(UserFilter(service: .dmcheck, state: $0, prefix: ""), pages[0]) }
                + Lane.allCases.map { .users(UserFilter(service: Sample.service, lane: $0, prefix: "ab"), pages[1]) }
                + [.users(UserFilter(service: .dmcheck), pages[2])]
        case .user: ([nil] + Sample.moments).map { .user(Sample.longName, asOf: $0) }
        case .events: pages.map { .events(Sample.longName, $0) }
        case .counts: [.counts(Sample.service)]
        case .export: pages.map { .export(.dmcheck, $0) }
        case .outbox: [.outbox(target: Sample.shard, after: UInt64.max, limit: 100)]
        case .statistics: [.statistics]
        case .digest: [.digest]
        }
    }
}

enum QueryResultCase: CallCase {
    case refused, authenticated, mayLease, client, clients, activity, slots, openWork
    case lease, leases, users, user, events, counts, export
    case outbox, statistics, digest

    init(_ value: QueryResult) {
        switch value {
        case .refused: self = .refused
        case .authenticated: self = .authenticated
        case .mayLease: self = .mayLease
        case .client: self = .client
        case .clients: self = .clients
        case .activity: self = .activity
        case .slots: self = .slots
        case .openWork: self = .openWork
        case .lease: self = .lease
        case .leases: self = .leases
        case .users: self = .users
        case .user: self = .user
        case .events: self = .events
        case .counts: self = .counts
        case .export: self = .export
        case .outbox: self = .outbox
        case .statistics: self = .statistics
        case .digest: self = .digest
        }
    }

    var samples: [QueryResult] {
        switch self {
        case .refused: RefusalCase.allSamples.map { .refused($0) }
        case .authenticated: [.authenticated]
        case .mayLease: Sample.reserveAnswers.map { .mayLease($0) }
        case .client: Sample.clientRecords.map { .client($0) }
        case .clients: Self.listings(Sample.clientRecords).map { .clients($0) }
        case .activity: Self.listings(Sample.events).map { .activity($0) }
        case .slots: [.slots([]), .slots(Sample.asks)]
        case .openWork:
            [.openWork(OpenWork(undecided: [], ending: [], outbox: [], jobs: false)), .openWork(Sample.openWork)]
        case .lease: Sample.leases.map { .lease($0) }
        case .leases: [.leases([]), .leases(Sample.leases)]
        case .users: Self.listings(Sample.listItems).map { .users($0) }
        case .user: [.user(Sample.userRecord)]
        case .events: Self.listings(Sample.events).map { .events($0) }
        case .counts: [.counts(ShardCounts()), .counts(Sample.counts)]
        case .export: Self.listings(Sample.exportRows).map { .export($0) }
        case .outbox: [.outbox(first: UInt64.max, events: EventCase.allSamples), .outbox(first: 0, events: [])]
        case .statistics: [.statistics(ShardStatistics()), .statistics(Sample.statistics)]
        case .digest: [.digest([]), .digest([UInt8](0...255))]
        }
    }

    private static func listings<Item>(_ items: [Item]) -> [Listing<Item>] {
        [Listing(items: items, next: nil), Listing(items: [], next: []), Listing(items: items, next: [1, 2])]
    }
}
