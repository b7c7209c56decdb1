import Checks
import Consensus
import Coordinator
import HashRing

extension Volunteer {
    /// How long after a lease was granted it must be over: its 5 seconds, 2 of grace, and some more.
    private static let certainlyExpired = Duration.seconds(8)

    /// What it does instead of what it should; `nil`: there is no occasion.
    func choose(_ misconduct: Misconduct, in cluster: SimulatedCluster) -> Asked? {
        switch misconduct {
        case .dying:
            return held.randomElement(using: &cluster.random).map { .report($0.id, $0.users.map { result(for: $0) }) }
        case .late:
            guard let lease = held.first else { return nil }
            // Until then it asks what it has, which changes nothing.
            guard cluster.time - lease.since > Self.certainlyExpired else { return .leases }
            return .report(lease.id, lease.users.map { result(for: $0) })
        case .stranger:
            guard cluster.random.oneIn(2), let lease = another(in: cluster) else { return nil }
            switch Int.random(in: 0..<3, using: &cluster.random) {
            case 0: return .offence(.trespass(lease, givesBack: true))
            case 1: return .offence(.trespass(lease, givesBack: false))
            default: return .stray(lease, lease.users.map { result(for: $0) })
            }
        case .lying: return cluster.random.oneIn(2) ? lie(in: cluster).map { .offence($0) } : nil
        }
    }

    private func another(in cluster: SimulatedCluster) -> Hall.Lease? {
        hall.leases.filter { $0.client != id }.randomElement(using: &cluster.random)
    }

    private func lie(in cluster: SimulatedCluster) -> Offence? {
        guard let other = another(in: cluster) else { return nil }
        switch Int.random(in: 0..<5, using: &cluster.random) {
        case 0:
            let never = LeaseID(shard: other.id.shard, secret: UInt128(cluster.random.next() as UInt64))
            return .invention(never, other.users.map { result(for: $0) })
        case 1: return .pose(.leases(.client(other.client, secret)))
        case 2: return .pose(.giveBack(.client(other.client, secret), other.id))
        case 3: return .pose(.unregister(.client(other.client, secret), other.client))
        default:
            guard let lease = held.first(where: { granted[$0.id] != nil }) else { return nil }
            return .overreach(lease.id, (lease.users.prefix(2) + other.users).map { result(for: $0) })
        }
    }

    func request(for offence: Offence) -> Request {
        switch offence {
        case .trespass(let lease, let givesBack): givesBack ? .giveBack(caller, lease.id) : .renew(caller, lease.id)
        case .invention(let lease, let rows), .overreach(let lease, let rows):
            .report(caller, lease, rows: rows, release: false)
        case .pose(let request): request
        }
    }

    func take(_ answer: Result<Response, Refusal>, to offence: Offence) {
        switch (offence, answer) {
        case (.overreach(let lease, let rows), .success(.reported(let receipt))):
            took(receipt, of: rows, under: lease)
            let refused = Set(receipt.rejected.map(\.row))
            for (position, row) in rows.enumerated() where granted[lease]?.contains(row.screenName) == false {
                if receipt.discarded == 0, !refused.contains(position) {
                    findings.report("I3: client \(id) had a result counted for \(row.screenName), not in \(lease)")
                }
            }
        case (_, .success): findings.report("client \(id) was not refused: \(offence)")
        case (_, .failure(.internalError(let detail))): findings.report("internal error: \(detail)")
        case (_, .failure): break
        }
    }

    /// The process ends in the middle of a submit. Whoever starts in its place asks what it holds and goes on.
    func die(soonAfter id: RequestID, in cluster: SimulatedCluster) {
        cluster.after(cluster.draw(0...20)) { [unowned self, unowned cluster] in
            guard asked[id] != nil else { return }
            for call in asked.keys.sorted() { cluster.hangUp(call) }
            asked = [:]
            held = []
            retry = .leases
        }
    }
}
