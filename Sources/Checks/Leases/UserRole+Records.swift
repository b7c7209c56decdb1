extension UserRole {
    /// The users of a range of tasks, by position; from memory where they were read before.
    func bucketUsers(_ bucket: Bucket) throws -> BucketUsers {
        if let known = remembered.find(bucket.first), known.entries.count == bucket.count { return known }
        let users = try readUsers(from: bucket.first, count: bucket.count, neighboursFrom: bucket.uid)
        remembered.keep(bucket.first, users)
        return users
    }

    private func readUsers(from first: TaskKey, count: Int, neighboursFrom uid: Int64) throws -> BucketUsers {
        if uid > 0 { return BucketUsers(try users.references(uid...uid + Int64(count) - 1)) }
        return BucketUsers(
            try tasks.tasks(from: first, count: count).map { task in
                BucketUsers.Entry(uid: task.uid, user: try users.find(uid: task.uid)?.reference)
            })
    }

    /// A lease as its holder sees it now, or as it was granted.
    func record(_ lease: Lease, asGranted: Bool) throws -> LeaseRecord {
        guard let bucket = try buckets.bucket(at: lease.first) else { return record(lease, users: []) }
        if !asGranted { return try record(lease, bucket: bucket) }
        let all =
            bucket.count == lease.count
            ? try bucketUsers(bucket) : try readUsers(from: lease.first, count: lease.count, neighboursFrom: 0)
        let granted = all.entries.enumerated().filter { lease.holds($0.offset) }.compactMap(\.element.user)
        return record(lease, users: granted)
    }

    /// A live lease on its bucket.
    func record(_ lease: Lease, bucket: Bucket) throws -> LeaseRecord {
        let all = try bucketUsers(bucket)
        var open: [UserReference] = []
        open.reserveCapacity(bucket.count)
        for position in 0..<bucket.count where bucket[position].isOpen {
            if let user = all.entries[position].user { open.append(user) }
        }
        return record(lease, users: open)
    }

    private func record(_ lease: Lease, users: [UserReference]) -> LeaseRecord {
        LeaseRecord(
            id: lease.id, service: service(of: lease.first), grantedAt: lease.granted, deadline: lease.deadline,
            attempt: lease.attempt, reported: lease.reported, users: users)
    }
}
