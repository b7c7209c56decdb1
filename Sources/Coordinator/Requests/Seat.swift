import Checks
import HashRing

extension Request {
    /// The shard whose leader answers the request as a whole: a client's calls at its home, calls on a lease at the lease's
    /// shard. `nil`: any node may, asking the leaders for what it needs.
    func seat(in node: NodeState) -> ShardID? {
        switch self {
        case .register(let client, _, _): node.home(of: client)
        case .lease(let caller, _), .leases(let caller): caller.home(in: node)
        case .showLease(_, let lease), .renew(_, let lease), .giveBack(_, let lease),
            .report(_, let lease, _, _):
            node.position(of: lease.shard) == nil ? nil : lease.shard
        case .client(let caller, let client):
            caller.home(in: node) ?? node.home(of: client)
        case .unregister(let caller, let client):
            caller.home(in: node) ?? node.home(of: client)
        case .quarantine(_, let client, _), .reinstate(_, let client), .reset(_, let client): node.home(of: client)
        default: nil
        }
    }
}

extension Caller {
    /// A client's home; operators and nobody have none.
    fileprivate func home(in node: NodeState) -> ShardID? {
        if case .client(let client, _) = self { node.home(of: client) } else { nil }
    }
}
