import Checks
import HashRing

extension Coordinator {
    /// Begins a call that clients make; `false` for one of the operators'.
    mutating func beginClientCall(_ id: RequestID, _ request: Request) -> Bool {
        switch request {
        case .lease(let caller, let order):
            if let (client, secret) = client(id, caller) {
                start(
                    id, LeaseRequest(request: id, client: client, secret: secret, order: order),
                    patience: .seconds(order.waitSeconds))
            }
        case .leases(let caller):
            if let (client, secret) = client(id, caller) {
                start(id, LeasesCall(request: id, client: client, secret: secret))
            }
        case .showLease(let caller, let lease): call(id, caller, lease, .show)
        case .renew(let caller, let lease): call(id, caller, lease, .renew)
        case .giveBack(let caller, let lease): call(id, caller, lease, .giveBack)
        case .report(let caller, let lease, let rows, let release):
            call(id, caller, lease, .report(rows, release: release))
        case .malformedReport(let caller): count(id, caller, .malformed, .success(.done))
        case .unknownLease(let caller): count(id, caller, .unknownBucket, .failure(.leaseGone))
        case .client(let caller, let client): show(id, caller, client)
        case .unregister(let caller, let client): unregister(id, caller, client)
        default: return false
        }
        return true
    }

    private mutating func call(_ id: RequestID, _ caller: Caller, _ lease: LeaseID, _ kind: LeaseCall.Kind) {
        guard let (client, secret) = client(id, caller) else { return }
        guard node.position(of: lease.shard) != nil else {
            return count(id, caller, .unknownBucket, .failure(.leaseGone))
        }
        start(id, LeaseCall(request: id, client: client, secret: secret, lease: lease, kind: kind))
    }

    private mutating func count(
        _ id: RequestID, _ caller: Caller, _ fault: ClientFault, _ answer: Result<Response, Refusal>
    ) {
        guard let (client, secret) = client(id, caller) else { return }
        start(
            id,
            CredentialCheck(request: id, client: client, secret: secret, fault: (fault, nil), answer: answer))
    }

    private mutating func show(_ id: RequestID, _ caller: Caller, _ shown: ClientID) {
        if case .client(let client, let secret) = caller {
            if client == shown {
                start(id, ClientCall(request: id, client: client, secret: secret))
            } else {
                start(id, CredentialCheck(request: id, client: client, secret: secret, answer: .failure(.ownOnly)))
            }
        } else if isOperator(id, caller) {
            start(
                id,
                SingleQuery(request: id, shard: node.home(of: shown), query: .client(shown), drains: true) {
                    if case .client(let record) = $0 { .client(record) } else { nil }
                })
        }
    }

    private mutating func unregister(_ id: RequestID, _ caller: Caller, _ ended: ClientID) {
        if case .client(let client, let secret) = caller {
            if client == ended {
                start(id, Unregistration(request: id, client: client, cause: .client(secret)))
            } else {
                start(id, CredentialCheck(request: id, client: client, secret: secret, answer: .failure(.ownOnly)))
            }
        } else if isOperator(id, caller) {
            start(id, Unregistration(request: id, client: ended, cause: .operatorUnregisters))
        }
    }
}
