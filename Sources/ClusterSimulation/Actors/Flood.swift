import Checks
import Consensus
import Coordinator
import HashRing

/// One client that asks one node as fast as it can, many times at once, for what changes nothing, while somebody wants it to.
/// The limit on requests a second is in the layer above and not here: all of them arrive.
final class Flood: SimulatedActor {
    /// As many as chaos sends at once.
    private static let atOnce = 24
    /// No volunteer has this number.
    private static let client = ClientID(rawValue: 999)
    private static let secret = SecretHash.simulated(99)

    private let hall: Hall
    private let findings: Findings
    private var open: Set<RequestID> = []
    private var isRegistered = false

    init(hall: Hall, findings: Findings) {
        self.hall = hall
        self.findings = findings
    }

    private var caller: Caller { .client(Self.client, Self.secret) }

    func act(as number: Int, in cluster: SimulatedCluster) {
        defer { cluster.wake(number, after: cluster.draw(hall.flooded == nil ? 100...400 : 5...30)) }
        guard let node = hall.flooded, !node.isRetired else { return }
        while open.count < Self.atOnce {
            guard let id = cluster.submit(request(in: cluster), at: node, by: number) else { return }
            open.insert(id)
        }
    }

    private func request(in cluster: SimulatedCluster) -> Request {
        guard isRegistered else {
            let registration = Registration(
                screenName: "flood", secret: Self.secret, capability: Capability(usersPerWindow: 1_000_000),
                invited: false)
            return .register(Self.client, registration, invite: nil)
        }
        if cluster.random.oneIn(2) { return .leases(caller) }
        let shards = cluster.allShards
        let shard = shards[Int.random(in: shards.indices, using: &cluster.random)]
        let never = LeaseID(shard: shard, secret: UInt128(cluster.random.next() as UInt64))
        return .report(caller, never, rows: [], release: true)
    }

    func answered(
        _ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {
        open.remove(id)
        switch answer {
        case .success(.registered): isRegistered = true
        case .success(.leases(let leases)) where leases.isEmpty: break
        case .success(let response): findings.report("the flood was answered \(response)")
        case .failure(.internalError(let detail)): findings.report("internal error: \(detail)")
        case .failure: break
        }
    }

    func lost(_ id: RequestID, as number: Int, in cluster: SimulatedCluster) { open.remove(id) }
}
