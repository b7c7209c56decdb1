import Checks
import HashRing

func name(_ text: String) -> ScreenName {
    guard let name = ScreenName(text) else { preconditionFailure("\(text) is a screen name") }
    return name
}

func secret(_ byte: UInt8) -> SecretHash {
    guard let hash = SecretHash([UInt8](repeating: byte, count: 32)) else { preconditionFailure("32 bytes are a hash") }
    return hash
}

/// A volunteer as tests know it.
struct Volunteer: Hashable {
    var id: ClientID
    var secret: SecretHash

    init(_ number: UInt64) {
        id = ClientID(rawValue: number)
        secret = ChecksTests.secret(UInt8(truncatingIfNeeded: number))
    }
}

/// The conversations of a leader, without a leader.
extension Shards {
    @discardableResult
    func register(_ volunteer: Volunteer, _ capability: Capability? = Capability(usersPerWindow: 100_000)) throws
        -> Outcome
    {
        try apply(
            .register(
                volunteer.id,
                Registration(
                    screenName: "checker\(volunteer.id)", secret: volunteer.secret, capability: capability,
                    invited: true)),
            to: home(of: volunteer.id))
    }

    func add(_ names: [String], mark lane: Lane? = .normal, service: ServiceName = .dmcheck) throws {
        for (id, names) in Dictionary(grouping: names.map(name), by: shard(of:)).sorted(by: { $0.key < $1.key }) {
            try apply(
                .addUsers(
                    names.map { UserReference(screenName: $0) }, mark: lane.map { Marking(service: service, lane: $0) }),
                to: id)
        }
    }

    func reservation(
        _ volunteer: Volunteer, count: Int = 1, key: String? = nil, service: ServiceName = .dmcheck,
        confirmed: Bool = true
    ) -> Reservation {
        func ready(_ lane: Lane) -> [ShardID] {
            ids.filter { id in summaries[id]?.ready.contains { $0.lane == lane && $0.service == service } == true }
        }
        return Reservation(
            client: volunteer.id, secret: volunteer.secret, service: service, count: count,
            key: key.map { Reservation.Key(key: $0, body: [1]) }, urgentShards: ready(.urgent),
            normalShards: ready(.normal), slotsConfirmed: confirmed)
    }

    /// The whole conversation of a lease request: reserve, then ask shard after shard.
    func lease(
        _ volunteer: Volunteer, count: Int = 1, key: String? = nil, service: ServiceName = .dmcheck
    ) throws -> [LeaseRecord] {
        let home = home(of: volunteer.id)
        let reservation = reservation(volunteer, count: count, key: key, service: service)
        guard case .reserved(let answer) = try apply(.reserve(reservation), to: home) else { return [] }
        var granted: [LeaseRecord] = []
        for ask in answer.slots {
            if let lease = try pursue(ask, of: volunteer, service: service, home: home) { granted.append(lease) }
        }
        return granted
    }

    /// Asks the slot's shard, then the others, until one grants.
    func pursue(_ ask: SlotAsk, of volunteer: Volunteer, service: ServiceName, home: ShardID) throws -> LeaseRecord? {
        var ask = ask
        var left = ids.filter { $0 != ask.lease.shard }
        while true {
            let order = order(ask, of: volunteer, service: service, home: home)
            if case .granted(let lease) = try apply(.grant(order), to: ask.lease.shard) {
                try apply(
                    .granted(slot: ask.slot, lease: ask.lease, users: lease.users.count, deadline: lease.deadline),
                    to: home)
                return lease
            }
            guard let next = left.popLast(),
                case .asked(let again) = try apply(.ask(slot: ask.slot, after: ask.lease, shard: next), to: home)
            else {
                try apply(.exhausted(slot: ask.slot, lease: ask.lease), to: home)
                return nil
            }
            ask = again
        }
    }

    func order(_ ask: SlotAsk, of volunteer: Volunteer, service: ServiceName = .dmcheck, home: ShardID) -> GrantOrder {
        GrantOrder(
            lease: ask.lease, client: volunteer.id, secret: volunteer.secret, service: service, lane: ask.lane,
            allowance: ask.allowance, home: home, slot: ask.slot, notAfter: now.adding(seconds: 30))
    }

    @discardableResult
    func report(
        _ volunteer: Volunteer, _ lease: LeaseRecord, _ verdict: Verdict = .dm, only: [String]? = nil,
        followsChecker: Bool = false, release: Bool = false
    ) throws -> Outcome {
        let rows = lease.users.filter { only?.contains($0.screenName.folded) ?? true }
            .map { ReportedResult(screenName: $0.screenName, verdict: verdict, followsChecker: followsChecker) }
        return try apply(
            .report(lease.id, volunteer.id, volunteer.secret, rows: rows, release: release), to: lease.id.shard)
    }

    /// Delivers what the network lets through: some outboxes not at all, some twice, some without the acknowledgement.
    func deliverCarelessly() throws {
        for source in ids {
            for head in summaries[source]?.outbox ?? [] {
                let luck = Int.random(in: 0..<4, using: &random)
                guard luck > 0,
                    case .outbox(let first, let events) = try query(
                        .outbox(target: head.target, after: head.first - 1, limit: 1000), of: source)
                else { continue }
                let part = events.prefix(Int.random(in: 1...max(1, events.count), using: &random))
                var through: UInt64 = 0
                for _ in 0..<luck {
                    let command = Command.inbox(source: source, first: first, events: Array(part))
                    if case .inbox(_, let number) = try apply(command, to: head.target) { through = number }
                }
                if luck > 1 { try apply(.outboxDelivered(target: head.target, through: through), to: source) }
            }
        }
    }

    /// Delivers every outbox, in order, and acknowledges.
    func deliver() throws {
        for source in ids {
            for head in summaries[source]?.outbox ?? [] {
                guard
                    case .outbox(let first, let events) = try query(
                        .outbox(target: head.target, after: head.first - 1, limit: 1000), of: source)
                else { continue }
                let outcome = try apply(.inbox(source: source, first: first, events: events), to: head.target)
                if case .inbox(_, let through) = outcome {
                    try apply(.outboxDelivered(target: head.target, through: through), to: source)
                }
            }
        }
    }

    func statistics(_ volunteer: Volunteer) throws -> ClientStatistics {
        guard case .client(let record) = try query(.client(volunteer.id), of: home(of: volunteer.id)) else {
            return ClientStatistics()
        }
        return record.statistics
    }

    func counts(_ service: ServiceName = .dmcheck) throws -> ShardCounts {
        var sum = ShardCounts()
        for id in ids {
            guard case .counts(let counts) = try query(.counts(service), of: id) else { continue }
            sum.unmarked += counts.unmarked
            sum.pending += counts.pending
            sum.bucketed += counts.bucketed
            sum.leased += counts.leased
            sum.done += counts.done
            sum.failed += counts.failed
            sum.deleted += counts.deleted
        }
        return sum
    }

    func user(_ text: String, asOf: Timestamp? = nil) throws -> UserRecord? {
        guard case .user(let record) = try query(.user(name(text), asOf: asOf), of: shard(of: name(text))) else {
            return nil
        }
        return record
    }

    func state(_ text: String) throws -> TaskState? { try user(text)?.tasks.first?.state }
}
