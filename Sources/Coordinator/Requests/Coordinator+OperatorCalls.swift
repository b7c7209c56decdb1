import Checks
import HashRing

extension Coordinator {
    /// Begins a call that only operators make.
    mutating func beginOperatorCall(_ id: RequestID, _ request: Request) {
        switch request {
        case .clients(let caller, let page):
            if isOperator(id, caller) { start(id, ListingCall(request: id, kind: .clients, page: page)) }
        case .activity(let caller, let client, let from, let to, let page):
            if isOperator(id, caller) {
                start(id, ListingCall(request: id, kind: .activity(client, from: from, to: to), page: page))
            }
        case .quarantine(let caller, let client, let reason):
            command(id, caller, .quarantine(client, reason: reason), node.home(of: client))
        case .reinstate(let caller, let client): command(id, caller, .reinstate(client), node.home(of: client))
        case .reset(let caller, let client):
            if isOperator(id, caller) {
                start(id, Unregistration(request: id, client: client, cause: .operatorResets))
            }
        case .cluster(let caller, let digest):
            if isOperator(id, caller) { start(id, ClusterCall(request: id, wantsDigest: digest)) }
        case .drainNode(let caller, let name):
            if isOperator(id, caller) { start(id, MemberCall(request: id, name: name, isLeaving: false)) }
        case .removeNode(let caller, let name):
            if isOperator(id, caller) { start(id, MemberCall(request: id, name: name, isLeaving: true)) }
        case .moveShard(let caller, let shard, let name):
            if isOperator(id, caller) { start(id, MoveCall(request: id, shard: shard, name: name)) }
        case .createJoinToken(let caller, let uses, let seconds): createJoinToken(id, caller, uses, seconds)
        case .statistics(let caller):
            if isOperator(id, caller) { start(id, Survey(request: id, kind: .statistics)) }
        default:
            if !beginUserCall(id, request) { beginRegistryCall(id, request) }
        }
    }

    private mutating func createJoinToken(_ id: RequestID, _ caller: Caller, _ uses: Int, _ seconds: Int) {
        guard isOperator(id, caller) else { return }
        guard (1...Limits.usesPerJoinToken).contains(uses) else {
            return refuseAtOnce(id, .invalidFields(field: "uses", detail: "1 to \(Limits.usesPerJoinToken)"))
        }
        guard (1...Limits.inviteSeconds).contains(seconds) else {
            return refuseAtOnce(id, .invalidFields(field: "expiresInSeconds", detail: "1 to \(Limits.inviteSeconds)"))
        }
        start(id, JoinTokenCreation(request: id, uses: uses, expiresAt: node.now.wall.adding(seconds: seconds)))
    }

    /// One command to one shard that is answered with nothing but that it is done.
    private mutating func command(_ id: RequestID, _ caller: Caller, _ command: Command, _ shard: ShardID) {
        guard isOperator(id, caller) else { return }
        start(
            id,
            SingleCommand(request: id, shard: shard, command: command) {
                if case .done = $0 { .done } else { nil }
            })
    }

    /// Begins a call about users; `false` for any other.
    private mutating func beginUserCall(_ id: RequestID, _ request: Request) -> Bool {
        switch request {
        case .addUsers(let caller, let users, let mark): add(id, caller, users, mark)
        case .mark(let caller, let names, let marking):
            fanOut(id, caller, names.count, marking.service, .mark(names, marking))
        case .recheck(let caller, let names, let marking):
            fanOut(id, caller, names.count, marking.service, .recheck(names, marking))
        case .markUnmarked(let caller, let marking): job(id, caller, .markUnmarked, marking)
        case .recheckOlder(let caller, let seconds, let marking):
            job(id, caller, .recheckOlder(than: node.now.wall.adding(seconds: -seconds)), marking)
        case .users(let caller, let filter, let page): list(id, caller, filter.service, .users(filter), page)
        case .export(let caller, let service, let page): list(id, caller, service, .export(service), page)
        case .counts(let caller, let service):
            if isOperator(id, caller), isService(id, service) {
                start(id, Survey(request: id, kind: .counts(service)))
            }
        case .user(let caller, let name, let asOf):
            if isOperator(id, caller) {
                start(
                    id,
                    SingleQuery(request: id, shard: node.shard(of: name), query: .user(name, asOf: asOf)) {
                        if case .user(let record) = $0 { .user(record) } else { nil }
                    })
            }
        case .userEvents(let caller, let name, let page):
            if isOperator(id, caller) { start(id, ListingCall(request: id, kind: .events(name), page: page)) }
        case .deleteUser(let caller, let name): command(id, caller, .deleteUser(name), node.shard(of: name))
        default: return false
        }
        return true
    }

    private mutating func isService(_ id: RequestID, _ service: ServiceName) -> Bool {
        if node.registry.service(service) != nil { return true }
        refuseAtOnce(id, .notFound("no such service"))
        return false
    }

    private mutating func add(_ id: RequestID, _ caller: Caller, _ users: [UserReference], _ mark: Marking?) {
        guard isOperator(id, caller) else { return }
        if let mark, !isService(id, mark.service) { return }
        guard users.count <= Limits.usersPerRequest else {
            return refuseAtOnce(id, .invalidFields(field: "users", detail: "at most \(Limits.usersPerRequest)"))
        }
        start(id, RowFanOut(request: id, kind: .add(users, mark)))
    }

    private mutating func fanOut(
        _ id: RequestID, _ caller: Caller, _ count: Int, _ service: ServiceName, _ kind: RowFanOut.Kind
    ) {
        guard isOperator(id, caller), isService(id, service) else { return }
        guard count <= Limits.usersPerRequest else {
            return refuseAtOnce(id, .invalidFields(field: "users", detail: "at most \(Limits.usersPerRequest)"))
        }
        start(id, RowFanOut(request: id, kind: kind))
    }

    private mutating func job(_ id: RequestID, _ caller: Caller, _ kind: JobCall.Kind, _ marking: Marking) {
        guard isOperator(id, caller), isService(id, marking.service) else { return }
        start(id, JobCall(request: id, kind: kind, marking: marking))
    }

    private mutating func list(
        _ id: RequestID, _ caller: Caller, _ service: ServiceName, _ kind: ListingCall.Kind, _ page: PageRequest
    ) {
        guard isOperator(id, caller), isService(id, service) else { return }
        start(id, ListingCall(request: id, kind: kind, page: page))
    }
}
