import Checks
import Coordinator
import HashRing

/// A volunteer that means well and lives badly: it takes leases, reports all or a part, gives back, renews, repeats calls
/// whose answers were lost, asks what it holds, unregisters and comes back, reports under leases that are not its own or not
/// any more, and now and then goes silent. What it does when it means ill is in ``Misconduct``.
package final class Volunteer: SimulatedActor {
    /// What it believes of a lease it was given.
    struct Held {
        var id: LeaseID
        var users: [ScreenName]
        var since: Duration
    }

    enum Asked {
        case register, unregister
        case lease(Reservation.Key?)
        case leases
        case report(LeaseID, [ReportedResult])
        case giveBack(LeaseID)
        case renew(LeaseID)
        /// Under a lease that is another's, or over.
        case stray(Hall.Lease, [ReportedResult])
        case offence(Offence)
    }

    package let id: ClientID
    package let secret: SecretHash
    private let service: ServiceName
    let findings: Findings
    /// Results that were acknowledged as stored, with the lease.
    package private(set) var acknowledged: [(name: ScreenName, lease: LeaseID, verdict: Verdict)] = []
    /// Works quietly: only takes, reports everything, and asks again.
    package var isSteady = false

    var held: [Held] = []
    /// Leases that are over, by the answers it has; the last few.
    private var past: [Hall.Lease] = []
    let hall: Hall
    private let unregisterOneIn: Int
    private var isRegistered = false
    /// It has asked to be unregistered at least once: an answer to that may have been lost.
    private var hasEverLeft = false
    var asked: [RequestID: Asked] = [:]
    var retry: Asked?
    private var keys = 0
    /// What it was given under each lease that it was told of when it was granted.
    private(set) var granted: [LeaseID: Set<ScreenName>] = [:]

    init(
        id: ClientID, secret: SecretHash, service: ServiceName = .dmcheck, hall: Hall, unregisterOneIn: Int,
        findings: Findings
    ) {
        self.hall = hall
        self.unregisterOneIn = unregisterOneIn
        self.id = id
        self.secret = secret
        self.service = service
        self.findings = findings
    }

    var caller: Caller { .client(id, secret) }

    package func act(as number: Int, in cluster: SimulatedCluster) {
        defer {
            cluster.wake(
                number, after: .milliseconds(Int.random(in: 5...(isSteady ? 60 : 400), using: &cluster.random)))
        }
        guard asked.count < 2 else { return }
        if let retry {
            self.retry = nil
            return send(retry, as: number, in: cluster)
        }
        send(choose(in: cluster), as: number, in: cluster)
    }

    private func choose(in cluster: SimulatedCluster) -> Asked {
        guard isRegistered else {
            // Whoever has just left has not forgotten what it had.
            guard !isSteady, cluster.random.oneIn(2), let lease = past.last else { return .register }
            return .stray(lease, lease.users.map { result(for: $0) })
        }
        if !isSteady {
            if let misconduct = hall.misconduct, let what = choose(misconduct, in: cluster) { return what }
            if cluster.random.oneIn(unregisterOneIn) {
                hasEverLeft = true
                return .unregister
            }
            if cluster.random.oneIn(30) { return .leases }
            if cluster.random.oneIn(30), let lease = strayLease(in: cluster) {
                return .stray(lease, lease.users.map { result(for: $0) })
            }
            if let lease = held.randomElement(using: &cluster.random)?.id {
                if cluster.random.oneIn(12) { return .giveBack(lease) }
                if cluster.random.oneIn(12) { return .renew(lease) }
            }
        }
        if let lease = held.randomElement(using: &cluster.random), isSteady || !cluster.random.oneIn(3) {
            let isPart = !isSteady && cluster.random.oneIn(3)
            let users = isPart ? Array(lease.users.prefix(max(1, lease.users.count / 2))) : lease.users
            return .report(lease.id, users.map { result(for: $0) })
        }
        if isSteady, asked.values.contains(where: { if case .lease = $0 { true } else { false } }) { return .leases }
        keys += 1
        let isKeyed = isSteady || !cluster.random.oneIn(6)
        return .lease(isKeyed ? Reservation.Key(key: "\(id)-\(keys)", body: [1]) : nil)
    }

    private func strayLease(in cluster: SimulatedCluster) -> Hall.Lease? {
        (past + hall.leases.filter { $0.client != id }).randomElement(using: &cluster.random)
    }

    /// It holds the lease no more.
    private func drop(_ id: LeaseID) {
        guard let position = held.firstIndex(where: { $0.id == id }) else { return }
        past.append(Hall.Lease(id: id, client: self.id, users: held[position].users))
        if past.count > 5 { past.removeFirst() }
        held.remove(at: position)
    }

    /// A verdict that depends on the name and on who looks, so that a user checked by two does not always agree.
    func result(for name: ScreenName) -> ReportedResult {
        let sum = name.folded.utf8.reduce(0) { $0 &+ Int($1) }
        return ReportedResult(screenName: name, verdict: Verdict.allCases[sum % Verdict.allCases.count])
    }

    private func send(_ what: Asked, as number: Int, in cluster: SimulatedCluster) {
        let request: Request =
            switch what {
            case .register:
                .register(
                    id,
                    Registration(
                        screenName: "volunteer_\(id)", secret: secret,
                        capability: Capability(usersPerWindow: 1_000_000), invited: false), invite: nil)
            case .unregister: .unregister(caller, id)
            case .lease(let key):
                .lease(
                    caller,
                    LeaseOrder(
                        service: service, count: 1 + keys % 3, waitSeconds: keys.isMultiple(of: 5) ? 2 : 0, key: key))
            case .leases: .leases(caller)
            case .report(let lease, let rows):
                .report(caller, lease, rows: rows, release: !isSteady && cluster.random.oneIn(10))
            case .stray(let lease, let rows): .report(caller, lease.id, rows: rows, release: false)
            case .giveBack(let lease): .giveBack(caller, lease)
            case .renew(let lease): .renew(caller, lease)
            case .offence(let offence): request(for: offence)
            }
        guard let id = cluster.submit(request, by: number) else { return }
        asked[id] = what
        if case .offence = what { cluster.tally.offences += 1 }
        if case .report = what, hall.misconduct == .dying, !isSteady { die(soonAfter: id, in: cluster) }
    }

    package func answered(
        _ request: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {
        if let what = asked.removeValue(forKey: request) { take(answer, to: what, at: cluster.time) }
    }

    package func lost(_ request: RequestID, as number: Int, in cluster: SimulatedCluster) {
        if let what = asked.removeValue(forKey: request) { repeatLater(what) }
    }

    /// The answer is lost, the deed perhaps not: the same again, unless that might be a second deed.
    private func repeatLater(_ what: Asked) {
        switch what {
        case .lease(nil), .offence: break
        default: retry = what
        }
    }

    private func take(_ answer: Result<Response, Refusal>, to what: Asked, at time: Duration) {
        switch (what, answer) {
        case (.offence(let offence), _): take(answer, to: offence)
        case (.register, .success): isRegistered = true
        case (.unregister, .success), (.unregister, .failure(.unauthenticated)):
            isRegistered = false
            for lease in held { drop(lease.id) }
        case (.stray(let lease, _), .success(.reported(let receipt))):
            if receipt.accepted > 0 {
                findings.report("I3: client \(id) had results counted under \(lease.id), which is over or another's")
            }
        case (.stray, .failure(.leaseNotYours)): break
        case (.lease, .success(.leased(let answer))): take(answer, at: time)
        case (.leases, .success(.leases(let leases))):
            held = leases.map { Held(id: $0.id, users: $0.users.map(\.screenName), since: time) }
        case (.report(let lease, let rows), .success(.reported(let receipt))): took(receipt, of: rows, under: lease)
        case (.giveBack(let lease), .success): drop(lease)
        case (.report(let lease, _), .failure(.leaseGone)), (.renew(let lease), .failure(.leaseGone)),
            (.giveBack(let lease), .failure(.leaseGone)):
            drop(lease)
        case (_, .failure(.unauthenticated)):
            if isRegistered, !hasEverLeft { findings.report("I2: client \(id) is registered and was not known") }
            isRegistered = false
        case (_, .failure(.leaseNotYours)): findings.report("I3: client \(id) was told that its own lease is another's")
        case (_, .failure(.internalError(let detail))): findings.report("internal error: \(detail)")
        case (_, .failure(.timeout)), (_, .failure(.unavailable)): repeatLater(what)
        default: break
        }
    }

    private func take(_ answer: LeaseAnswer, at time: Duration) {
        for lease in answer.leases where granted[lease.id] == nil {
            let users = lease.users.map(\.screenName)
            granted[lease.id] = Set(users)
            held.append(Held(id: lease.id, users: users, since: time))
            hall.add(Hall.Lease(id: lease.id, client: id, users: users))
        }
    }

    func took(_ receipt: ReportReceipt, of rows: [ReportedResult], under lease: LeaseID) {
        let refused = Set(receipt.rejected.map(\.row))
        if receipt.discarded == 0 {
            for (position, row) in rows.enumerated() where !refused.contains(position) {
                acknowledged.append((row.screenName, lease, row.verdict))
            }
        }
        guard let position = held.firstIndex(where: { $0.id == lease }) else { return }
        let reported = Set(rows.map(\.screenName))
        held[position].users.removeAll { reported.contains($0) }
        if receipt.state != .open || held[position].users.isEmpty { held.remove(at: position) }
    }
}
