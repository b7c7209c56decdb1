extension UserRole {
    /// A live lease as its holder sees it.
    func lease(_ id: LeaseID, _ client: ClientID, _ secret: SecretHash) throws -> QueryResult {
        switch try holding(id, client, secret) {
        case .refused(let refusal): .refused(refusal)
        case .ended: .refused(.leaseGone)
        case .held(let lease, let bucket): .lease(try record(lease, bucket: bucket))
        }
    }

    /// A lease as it was granted (or as it lives), to whom it belongs.
    func leaseAsGranted(_ id: LeaseID, _ client: ClientID) throws -> QueryResult {
        guard let lease = try leases.find(id) else { return .refused(.leaseGone) }
        guard lease.client == client else { return .refused(.notYours) }
        return .lease(try record(lease, asGranted: true))
    }

    /// The live ones of these that belong to the client.
    func leases(_ ids: [LeaseID], _ client: ClientID) throws -> QueryResult {
        var records: [LeaseRecord] = []
        for id in ids {
            guard let lease = leases.live[id], lease.client == client, let bucket = try buckets.bucket(at: lease.first)
            else { continue }
            records.append(try record(lease, bucket: bucket))
        }
        return .leases(records)
    }
}
