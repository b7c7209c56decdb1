import Checks

/// What listings and views are made of.
extension Sample {
    static let results =
        Verdict.allCases.map { ReportedResult(screenName: name("b"), verdict: $0) } + [
            ReportedResult(
                screenName: longName, accountID: AccountID("0012"), verdict: .suspended, followsChecker: true,
                checkedAt: Timestamp(milliseconds: -5), note: "a note: äö")
        ]

    static let listItems = TaskState.allCases.flatMap { state in
        ([nil] + Lane.allCases).map { UserListItem(user: users[0], state: state, lane: $0, attempt: 5) }
    }

    static let exportRows = TaskState.allCases.flatMap { state in
        ([nil] + Verdict.allCases).map {
            ExportRow(
                user: users[2], state: state, verdict: $0, conditional: $0 == .dm,
                validFrom: $0 == .dm ? nil : moment, clients: $0 == nil ? [] : clients)
        }
    }

    static let userRecord = UserRecord(
        user: users[1], addedAt: moment,
        tasks: [UserRecord.TaskRecord(service: service, state: .failed, lane: .urgent, attempt: 4)],
        verdicts: Verdict.allCases.map {
            VerdictRecord(
                service: .dmcheck, verdict: $0, conditional: $0 == .dm, validFrom: moments[1],
                validTo: $0 == .dm ? nil : moment, clients: clients, leases: [lease])
        }, possiblyRenamed: true)

    static let events = [
        EventRecord(at: moment, kind: ""),
        EventRecord(
            at: moments[1], kind: "reported", service: service, client: client, lease: lease,
            details: DetailCase.allSamples.map { EventRecord.Detail(name: "näme", value: $0) }),
    ]

    static let counts: ShardCounts = {
        var counts = ShardCounts()
        counts.unmarked = 1
        counts.pending = 2
        counts.bucketed = 3
        counts.leased = 4
        counts.done = 5
        counts.failed = 6
        counts.deleted = tally
        counts.byVerdict = verdictCounts
        counts.oldestWaiting = moment
        return counts
    }()

    static let statistics: ShardStatistics = {
        var statistics = ShardStatistics()
        statistics.users = 1
        statistics.tasks = counts
        statistics.services = [ShardStatistics.ServiceCounts(service: service, counts: ShardCounts())]
        statistics.clients = ClientState.allCases.map { ShardStatistics.ClientStateCount(state: $0, count: 300) }
        statistics.leasesLive = 2
        statistics.leasesGranted = 3
        statistics.resultsAccepted = 4
        statistics.lateResultsDiscarded = UInt64(tally)
        return statistics
    }()

    static let openWork = OpenWork(
        undecided: asks.map { OpenWork.ClientSlot(client: client, ask: $0) },
        ending: [OpenWork.Ending(client: client, generation: UInt64.max, open: asks)],
        outbox: [OutboxHead(target: shard, first: 0, last: UInt64.max)], jobs: true)

    static let readiness = [
        ShardSummary.Readiness(service: .dmcheck, lane: .normal, buckets: 0),
        ShardSummary.Readiness(service: service, lane: .urgent, buckets: tally),
    ]
}

enum DetailCase: CallCase {
    case text, number, flag

    init(_ value: EventRecord.Value) {
        switch value {
        case .text: self = .text
        case .number: self = .number
        case .flag: self = .flag
        }
    }

    var samples: [EventRecord.Value] {
        switch self {
        case .text: [.text(""), .text("é")]
        case .number: [.number(Int.min), .number(Int.max)]
        case .flag: [.flag(true), .flag(false)]
        }
    }
}
