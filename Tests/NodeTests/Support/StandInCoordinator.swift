import Checks
import Coordinator
import HashRing
import Node
import Synchronization

/// Answers requests as a coordinator would, with one client and one operator that it knows, and remembers what it was
/// asked for beyond authenticating.
final class StandInCoordinator: RequestPerforming {
    static let client = "7"
    static let clientSecret = String(repeating: "c", count: 43)
    static let operatorSecret = String(repeating: "o", count: 43)
    static let clientToken = "\(client).\(clientSecret)"
    static let operatorToken = "op-root.\(operatorSecret)"
    /// How old what it says to a stale read may be.
    static let staleness = 7

    private let recorded = Mutex<[Request]>([])
    /// The shards have no leaders now.
    let isLeaderless = Mutex(false)
    private let waiting = Mutex<[CheckedContinuation<Void, Never>]>([])

    /// Each long poll as it begins.
    let longPolls = AsyncStream<Void>.makeStream()

    /// What came, in order.
    var requests: [Request] { recorded.withLock { $0 } }

    func perform(_ request: Request) async -> Performed {
        recorded.withLock { $0.append(request) }
        guard case .lease(_, let order) = request, order.waitSeconds > 0 else { return .answered(answer(request)) }
        longPolls.continuation.yield()
        await untilCancelled()
        return .answered(.failure(.timeout(.notApplied)))
    }

    private func untilCancelled() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isCancelled = waiting.withLock { waiting in
                    if Task.isCancelled { return true }
                    waiting.append(continuation)
                    return false
                }
                if isCancelled { continuation.resume() }
            }
        } onCancel: {
            let woken = waiting.withLock { waiting in
                defer { waiting = [] }
                return waiting
            }
            for continuation in woken { continuation.resume() }
        }
    }

    private func role(of caller: Caller) -> Role? {
        switch caller {
        case .client(let id, let secret):
            id.description == Self.client && SecretHash(ofSecret: Self.clientSecret.utf8) == secret ? .client : nil
        case .operator("root", let secret): SecretHash(ofSecret: Self.operatorSecret.utf8) == secret ? .operator : nil
        default: nil
        }
    }

    private func answer(_ request: Request) -> Result<Response, Refusal> {
        if case .stale(let read) = request { return answer(read).map { .stale($0, seconds: Self.staleness) } }
        guard let (caller, wanted) = request.callerAndRole else { return .success(open(request)) }
        guard let role = role(of: caller) else { return .failure(.unauthenticated) }
        guard wanted == .either || wanted == role else { return .failure(.forbidden("This call is not for you.")) }
        return response(to: request)
    }

    private func open(_ request: Request) -> Response {
        if case .register(let id, let registration, _) = request {
            return .registered(StandInRecords.client(id, registration.screenName), created: true)
        }
        return .readiness([])
    }

    private func response(to request: Request) -> Result<Response, Refusal> {
        let now = Timestamp(milliseconds: 1_767_225_600_000)
        switch request {
        case .lease(_, let order):
            return .success(
                .leased(LeaseAnswer(requested: order.count, cap: 10, outstanding: 0, leases: [], retryAfterSeconds: 5)))
        case .leases: return .success(.leases(StandInRecords.leases))
        case .unknownLease, .showLease, .giveBack, .renew: return .failure(.leaseGone)
        case .report(_, _, let rows, _):
            var receipt = ReportReceipt()
            receipt.accepted = rows.count
            return .success(.reported(receipt))
        case .client(_, let id): return .success(.client(StandInRecords.client(id, "someone")))
        case .clients: return .success(.clients(Listing(items: StandInRecords.clients, next: [1, 2, 3])))
        case .activity, .userEvents: return .success(.events(Listing(items: [StandInRecords.event], next: nil)))
        case .addUsers(_, let users, let mark):
            var tally = UserTally()
            tally.added = users.count
            tally.marked = mark == nil ? 0 : users.count
            tally.accountMismatches = users.indices.filter { users[$0].screenName.folded == "renamed" }
            tally.added -= tally.accountMismatches.count
            return .success(.added(tally))
        case .users: return .success(.users(Listing(items: StandInRecords.listed, next: nil)))
        case .user(_, let name, _):
            let record = name.folded == "known" ? StandInRecords.user(name) : nil
            return record.map { .success(.user($0)) } ?? .failure(.notFound("No such user."))
        case .mark, .markUnmarked: return .success(.marked(MarkTally()))
        case .recheck, .recheckOlder: return .success(.rechecked(RecheckTally()))
        case .counts, .statistics:
            if isLeaderless.withLock({ $0 }) { return .failure(.unavailable(.notApplied, retryAfterSeconds: 1)) }
            guard case .counts = request else {
                return .success(.statistics(ClusterStatistics(totals: ShardStatistics(), at: now)))
            }
            return .success(.counts(StandInRecords.counts))
        case .export(_, _, let page): return .success(.export(StandInRecords.exportPage(page)))
        case .services: return .success(.services(Self.services))
        case .service, .putService, .setServiceState: return .success(.service(Self.services[0], created: false))
        case .settings: return .success(.settings(ClusterSettings()))
        case .putSettings(_, let settings): return .success(.settings(settings))
        case .patchSettings: return .success(.settings(ClusterSettings()))
        case .createJoinToken: return .success(.joinToken(secret: Array(repeating: 7, count: 32), expiresAt: now))
        case .createInvite: return .success(.invite("invite", expiresAt: now))
        case .cluster: return .success(.cluster(StandInRecords.cluster))
        default: return .success(.done)
        }
    }

    static let services = ["dmcheck", "other", "third"].compactMap { ServiceName($0) }.map {
        Service(name: $0, schema: .verdict, state: .active, settings: ServiceSettings())
    }
}

extension Request {
    /// Who calls and of which kind it must be; `nil` for what anyone may call.
    fileprivate var callerAndRole: (Caller, Role)? {
        switch self {
        case .register, .readiness, .join: nil
        case .stale(let read): read.callerAndRole
        case .authenticate(let caller, let role): (caller, role)
        case .malformedReport(let caller), .lease(let caller, _), .leases(let caller), .showLease(let caller, _),
            .renew(let caller, _), .report(let caller, _, _, _), .giveBack(let caller, _), .unknownLease(let caller):
            (caller, .client)
        case .client(let caller, _), .unregister(let caller, _): (caller, .either)
        case .clients(let caller, _), .activity(let caller, _, _, _, _), .quarantine(let caller, _, _),
            .reinstate(let caller, _), .reset(let caller, _), .addUsers(let caller, _, _), .users(let caller, _, _),
            .user(let caller, _, _), .userEvents(let caller, _, _), .deleteUser(let caller, _),
            .mark(let caller, _, _), .markUnmarked(let caller, _), .recheck(let caller, _, _),
            .recheckOlder(let caller, _, _), .counts(let caller, _), .export(let caller, _, _), .services(let caller),
            .service(let caller, _), .putService(let caller, _, _), .setServiceState(let caller, _, _),
            .settings(let caller), .putSettings(let caller, _), .patchSettings(let caller, _),
            .createInvite(let caller, _, _), .createJoinToken(let caller, _, _), .drainNode(let caller, _),
            .removeNode(let caller, _), .moveShard(let caller, _, _),
            .cluster(let caller, _), .statistics(let caller):
            (caller, .operator)
        }
    }
}
