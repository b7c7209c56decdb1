import CheckClient
import Foundation
import Testing

/// A volunteer in virtual time, with its calls and its checker in the test's hands.
struct VolunteerWorld {
    var volunteer: Volunteer
    var now = 1_800_000_000.0
    /// Calls that have no answer yet, in order.
    var calls: [(id: CallID, call: VolunteerCall)] = []
    /// Users handed to the checker that it did not answer yet, by lease.
    var inChecker: [String: [UserReference]] = [:]
    var closed: Set<String> = []
    var opened: [String] = []
    var abandoned: [String] = []
    var notices: [VolunteerNotice] = []
    var wakeAt: Double?
    var outcome: VolunteerOutcome?

    init(workers: Int = 1, speed: Double = 1) {
        volunteer = Volunteer(
            VolunteerConfiguration(workers: workers, speed: speed, keyPrefix: "run", seed: 42))
    }

    /// A volunteer that registered and holds nothing.
    static func working(workers: Int = 1, speed: Double = 1, holding leases: [Lease] = []) -> VolunteerWorld {
        var world = VolunteerWorld(workers: workers, speed: speed)
        world.give(.start)
        world.answer(.registered)
        world.answer(.leases(leases))
        return world
    }

    mutating func give(_ input: VolunteerInput) {
        for effect in volunteer.handle(input, now: now) {
            switch effect {
            case .call(let id, let call): calls.append((id, call))
            case .open(let lease): opened.append(lease)
            case .hand(let lease, let users): inChecker[lease, default: []] += users
            case .close(let lease): closed.insert(lease)
            case .abandon(let lease): abandoned.append(lease)
            case .wake(let moment): wakeAt = moment
            case .say(let notice): notices.append(notice)
            case .finished(let end): outcome = end
            }
        }
    }

    /// Answers the oldest call that the answer fits; a failure fits calls of every kind, or of one.
    mutating func answer(_ answer: VolunteerAnswer, to kind: CallKind? = nil, nodeTime: Date? = nil) {
        let wanted = answer.kind ?? kind
        guard let place = calls.firstIndex(where: { wanted == nil || $0.call.kind == wanted }) else {
            Issue.record("there is a call to answer")
            return
        }
        let call = calls.remove(at: place)
        give(.answer(call.id, answer, nodeTime: nodeTime))
    }

    /// Lets time pass, waking the volunteer whenever it asked for it.
    mutating func pass(_ seconds: Double) {
        let end = now + seconds
        while let next = wakeAt, next <= end {
            now = max(now, next)
            wakeAt = nil
            give(.wake)
        }
        now = end
    }

    /// The checker answers `count` users of a lease.
    mutating func check(_ lease: String, _ count: Int = .max) {
        let users = (inChecker[lease] ?? []).prefix(count)
        inChecker[lease]?.removeFirst(users.count)
        for user in users {
            give(.found(lease: lease, CheckResult(screenName: user.screenName, verdict: .dm)))
        }
    }

    /// The calls without an answer, and the reports among them.
    var waitingCalls: [VolunteerCall] { calls.map(\.call) }

    var reports: [(lease: String, report: Report)] {
        waitingCalls.compactMap { if case .report(let lease, let report) = $0 { (lease, report) } else { nil } }
    }

    var leaseRequests: [(request: LeaseRequest, key: String)] {
        waitingCalls.compactMap { if case .lease(let request, let key) = $0 { (request, key) } else { nil } }
    }

    /// A lease granted now, for `seconds`.
    func lease(_ id: String, users count: Int, seconds: Double = 1200) -> Lease {
        Lease(
            id: id, service: "dmcheck", grantedAt: Date(timeIntervalSince1970: now),
            deadline: Date(timeIntervalSince1970: now + seconds),
            users: (0..<count).map { UserReference(screenName: "\(id)_\($0)") })
    }

    func grant(_ leases: Lease..., retryAfter: Double? = nil, cap: Int = 10) -> VolunteerAnswer {
        .granted(
            Grant(leases: leases, requested: 1, cap: cap, outstanding: leases.count, retryAfterSeconds: retryAfter))
    }

    static func refusal(_ slug: String, _ status: Int, retryAfter: Double? = nil) -> VolunteerAnswer {
        .failed(.refused(Problem(slug: slug, status: status, retryAfterSeconds: retryAfter)))
    }
}

/// What a call is about, its details left out.
enum CallKind {
    case register, listLeases, lease, renew, report, giveBack
}

extension VolunteerCall {
    var kind: CallKind {
        switch self {
        case .register: .register
        case .listLeases: .listLeases
        case .lease: .lease
        case .renew: .renew
        case .report: .report
        case .giveBack: .giveBack
        }
    }
}

extension VolunteerAnswer {
    /// The kind of call that gets this answer; `nil` for a failure.
    fileprivate var kind: CallKind? {
        switch self {
        case .registered: .register
        case .leases: .listLeases
        case .granted: .lease
        case .renewed: .renew
        case .received: .report
        case .givenBack: .giveBack
        case .failed: nil
        }
    }
}
