import Checks
import HashRing

enum CommandCase: CallCase {
    case configure, digest, jobStep, purge, inbox, outboxDelivered
    case register, reserve, ask, granted, exhausted, fault, touch, beginUnregister, slotCancelled, finishUnregister
    case quarantine, reinstate
    case addUsers, mark, markUnmarked, recheck, recheckOlder, deleteUser, grant, fence, cancel, report, renew, giveBack
    case lapse, release

    init(_ value: Command) {
        switch value {
        case .configure: self = .configure
        case .digest: self = .digest
        case .jobStep: self = .jobStep
        case .purge: self = .purge
        case .inbox: self = .inbox
        case .outboxDelivered: self = .outboxDelivered
        case .register: self = .register
        case .reserve: self = .reserve
        case .ask: self = .ask
        case .granted: self = .granted
        case .exhausted: self = .exhausted
        case .fault: self = .fault
        case .touch: self = .touch
        case .beginUnregister: self = .beginUnregister
        case .slotCancelled: self = .slotCancelled
        case .finishUnregister: self = .finishUnregister
        case .quarantine: self = .quarantine
        case .reinstate: self = .reinstate
        case .addUsers: self = .addUsers
        case .mark: self = .mark
        case .markUnmarked: self = .markUnmarked
        case .recheck: self = .recheck
        case .recheckOlder: self = .recheckOlder
        case .deleteUser: self = .deleteUser
        case .grant: self = .grant
        case .fence: self = .fence
        case .cancel: self = .cancel
        case .report: self = .report
        case .renew: self = .renew
        case .giveBack: self = .giveBack
        case .lapse: self = .lapse
        case .release: self = .release
        }
    }

    var samples: [Command] {
        let (client, lease, slot, shard) = (Sample.client, Sample.lease, Sample.slot, Sample.shard)
        let (hash, marking, moment) = (Sample.hash, Sample.marking, Sample.moment)
        return switch self {
        case .configure: Self.configurations.map { .configure($0) }
        case .digest: [.digest]
        case .jobStep: [.jobStep]
        case .purge: [.purge]
        case .inbox: [.inbox(source: shard, first: UInt64.max, events: EventCase.allSamples)]
        case .outboxDelivered: [.outboxDelivered(target: shard, through: 77)]
        case .register:
            ([nil] + Sample.capabilities).map {
                .register(client, Registration(screenName: "Me", secret: hash, capability: $0, invited: $0 == nil))
            }
        case .reserve: Sample.reservations.map { .reserve($0) }
        case .ask: [.ask(slot: slot, after: lease, shard: shard)]
        case .granted: [.granted(slot: slot, lease: lease, users: 4, deadline: moment)]
        case .exhausted: [.exhausted(slot: slot, lease: lease)]
        case .fault:
            ClientFault.allCases.map { .fault(client, $0, count: 1, lease: $0 == .malformed ? nil : lease) }
        case .touch: [.touch([]), .touch(Sample.clients)]
        case .beginUnregister:
            [EndingCause.client(hash), .operatorUnregisters, .operatorResets].map { .beginUnregister(client, by: $0) }
        case .slotCancelled: [.slotCancelled(slot: slot, lease: lease)]
        case .finishUnregister: [.finishUnregister(client, generation: UInt64.max)]
        case .quarantine: [.quarantine(client, reason: "why")]
        case .reinstate: [.reinstate(client)]
        case .addUsers: [.addUsers(Sample.users, mark: marking), .addUsers([], mark: nil)]
        case .mark: [.mark(Sample.users.map(\.screenName), marking)]
        case .markUnmarked: [.markUnmarked(marking)]
        case .recheck: [.recheck([Sample.longName], marking), .recheck([], marking)]
        case .recheckOlder: Sample.moments.map { .recheckOlder(than: $0, marking) }
        case .deleteUser: [.deleteUser(Sample.longName)]
        case .grant:
            Lane.allCases.map {
                .grant(
                    GrantOrder(
                        lease: lease, client: client, secret: hash, service: Sample.service, lane: $0, allowance: 9,
                        home: shard, slot: slot, notAfter: moment))
            }
        case .fence: [.fence(lease, client: client)]
        case .cancel: [.cancel(lease, client: client)]
        case .report:
            [
                .report(lease, client, hash, rows: Sample.results, release: true),
                .report(lease, client, hash, rows: [], release: false),
            ]
        case .renew: [.renew(lease, client, hash)]
        case .giveBack: [.giveBack(lease, client, hash)]
        case .lapse: [.lapse(Sample.moments.map { LeaseDeadline(lease: lease, deadline: $0) })]
        case .release: [.release([])]
        }
    }

    private static var configurations: [DomainConfiguration] {
        var cluster = ClusterSettings()
        cluster.enrollment = .invite
        cluster.malfunction.enabled = false
        var settings = ServiceSettings()
        settings.maxConnections = 7
        let services = Service.State.allCases.map {
            Service(name: Sample.service, schema: .verdict, state: $0, settings: settings)
        }
        return [
            DomainConfiguration(version: UInt64.max, services: services, settings: cluster),
            DomainConfiguration(version: 0, services: [], settings: ClusterSettings()),
        ]
    }
}

enum EventCase: CallCase {
    case leaseDead, leaseEnded, resultsAccepted, faults

    init(_ value: OutboxEvent) {
        switch value {
        case .leaseDead: self = .leaseDead
        case .leaseEnded: self = .leaseEnded
        case .resultsAccepted: self = .resultsAccepted
        case .faults: self = .faults
        }
    }

    var samples: [OutboxEvent] {
        let (client, lease, slot, moment) = (Sample.client, Sample.lease, Sample.slot, Sample.moment)
        return switch self {
        case .leaseDead: [.leaseDead(client: client, slot: slot, lease: lease, at: moment)]
        case .leaseEnded:
            [OutboxEvent.Ending.done, .released].map {
                .leaseEnded(client: client, slot: slot, lease: lease, ending: $0, users: Sample.tally, at: moment)
            }
        case .resultsAccepted:
            [[], Sample.verdictCounts].map {
                .resultsAccepted(client: client, counts: $0, agreeing: 1, judged: 2, at: Timestamp(milliseconds: -1))
            }
        case .faults:
            ClientFault.allCases.map { .faults(client: client, fault: $0, count: 2, lease: lease, at: moment) }
        }
    }
}
