import Checks
import HashRing

/// The leases by the books: who holds which users, and until when. I1 and I3, with every entry.
struct LeaseBook {
    /// A user in the hands of one service.
    private struct HeldUser: Hashable {
        let service: ServiceName
        let name: ScreenName
    }

    private struct Lease {
        let order: GrantOrder
        let users: Set<ScreenName>
        var deadline: Timestamp
    }

    /// Two nodes whose clocks are trusted may be so far apart (500 ms each way), and a little for what is under way.
    private static let clockTolerance: Int64 = 1_500

    private let findings: Findings
    private var leases: [LeaseID: Lease] = [:]
    private(set) var live: Set<LeaseID> = []
    private var holder: [HeldUser: LeaseID] = [:]
    /// Each shard's services, as it was last told.
    private var configurations: [ShardID: DomainConfiguration] = [:]

    init(_ findings: Findings) { self.findings = findings }

    /// Leases that were granted, in all.
    var grants: Int { leases.count }

    func wasGranted(_ lease: LeaseID) -> Bool { leases[lease] != nil }

    /// How many leases of the client live.
    func held(by client: ClientID) -> Int { live.count { leases[$0]?.order.client == client } }

    mutating func take(_ entry: AppliedEntry) {
        switch (entry.command, entry.outcome) {
        case (.configure(let configuration), _):
            if configuration.version > configurations[entry.shard]?.version ?? 0 {
                configurations[entry.shard] = configuration
            }
        case (.grant(let order), .granted(let record)): grant(order, record)
        case (.report(let lease, let client, let secret, let rows, _), .reported(let receipt)):
            if receipt.accepted > 0 { checkHolder(client, secret, of: lease, "\(receipt.accepted) results of") }
            take(rows, receipt, under: lease)
        case (.renew(let lease, let client, let secret), .renewed(let deadline)):
            checkHolder(client, secret, of: lease, "a renewal by")
            leases[lease]?.deadline = deadline
        case (.giveBack(let lease, let client, let secret), .done) where !entry.emitted.isEmpty:
            checkHolder(client, secret, of: lease, "the return by")
        case (.deleteUser(let name), .done): for lease in live { free(name, of: lease) }
        default: break
        }
        for case .leaseEnded(_, _, let lease, let ending, _, _) in entry.emitted {
            if case .release = entry.command, ending == .released { checkExpiry(of: lease, entry) }
            end(lease)
        }
    }

    // MARK: I1

    /// None of its users is in another live lease of the service.
    private mutating func grant(_ order: GrantOrder, _ record: LeaseRecord) {
        guard leases[record.id] == nil else { return }
        for name in record.users.map(\.screenName) {
            let user = HeldUser(service: record.service, name: name)
            if let other = holder[user] {
                findings.report("I1: \(name) is leased as \(record.id) while \(other) lives")
            }
            holder[user] = record.id
        }
        leases[record.id] = Lease(
            order: order, users: Set(record.users.map(\.screenName)), deadline: record.deadline)
        live.insert(record.id)
    }

    /// Nothing is taken from its holder before its time has come, by the shard's time and by the true one.
    private func checkExpiry(of id: LeaseID, _ entry: AppliedEntry) {
        guard let lease = leases[id], live.contains(id) else { return }
        let service = configurations[entry.shard]?.services.first { $0.name == lease.order.service }
        let end = lease.deadline.adding(seconds: service?.settings.graceSeconds ?? 0).milliseconds
        let early = max(
            end - entry.time.milliseconds, end - entry.trueTime.milliseconds - Self.clockTolerance)
        if early > 0 { findings.report("I1: \(id) was taken from its holder \(early) ms before its time") }
    }

    private mutating func free(_ name: ScreenName, of lease: LeaseID) {
        guard let order = leases[lease]?.order else { return }
        let user = HeldUser(service: order.service, name: name)
        if holder[user] == lease { holder[user] = nil }
    }

    private mutating func end(_ lease: LeaseID) {
        guard live.remove(lease) != nil else { return }
        for name in leases[lease]?.users ?? [] { free(name, of: lease) }
    }

    // MARK: I3

    /// Only the holder, and only while the lease lives.
    private func checkHolder(_ client: ClientID, _ secret: SecretHash, of id: LeaseID, _ what: String) {
        guard let lease = leases[id] else {
            return findings.report("I3: \(what) client \(client) counted under \(id), which was never granted")
        }
        if !live.contains(id) {
            findings.report("I3: \(what) client \(client) counted under \(id), which had ended")
        } else if lease.order.client != client || lease.order.secret != secret {
            findings.report("I3: \(what) client \(client) counted under \(id) of client \(lease.order.client)")
        }
    }

    /// What was reported is not leased any more, though its lease lives on. I5: who was deleted meanwhile was in the lease all
    /// the same, and nobody is blamed for it.
    private mutating func take(_ rows: [ReportedResult], _ receipt: ReportReceipt, under lease: LeaseID) {
        let refused = Dictionary(receipt.rejected.map { ($0.row, $0.reason) }, uniquingKeysWith: { first, _ in first })
        for (position, row) in rows.enumerated() {
            if refused[position] == nil {
                free(row.screenName, of: lease)
            } else if refused[position] == .notInBucket, leases[lease]?.users.contains(row.screenName) == true {
                findings.report("I5: \(row.screenName) is not known to have been in \(lease) until it was deleted")
            }
        }
    }
}
