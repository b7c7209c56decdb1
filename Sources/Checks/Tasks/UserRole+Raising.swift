extension UserRole {
    /// Gives a waiting task of the normal lane the urgent one. A leased task stays where it is (nobody else may get it); its
    /// priority counts if that lease ends without a verdict.
    func raise(_ key: TaskKey, user: UserRow) throws {
        guard lane(of: key) == .normal else { return }
        let standing = try standing(of: key)
        guard standing.outcome.isWaiting else { return }
        switch standing.state {
        case .leased:
            guard case (var bucket, let position)? = standing.bucket else { return }
            bucket[position].raised = true
            try buckets.save(bucket)
        case .bucketed:
            guard case (var bucket, let position)? = standing.bucket else { return }
            bucket[position] = .moved
            try readyChanged(&bucket)
            queues.count(service(of: key)) {
                $0.bucketed -= 1
                $0.pending += 1
            }
            try appendUrgent(user, service(of: key))
        case .pending:
            try tasks.mark(key, .moved)
            queues[key.queue].waiting -= 1
            try appendUrgent(user, service(of: key))
        case .unmarked, .done, .failed: break
        }
    }

    /// The urgent task that takes the place of a moved one.
    func appendUrgent(_ user: UserRow, _ service: ServiceName) throws {
        let queue = try queues.queue(Marking(service: service, lane: .urgent))
        let key = try append(uid: user.uid, to: queue, previous: user.last)
        try users.setLast(user.uid, key)
    }

    /// Saves a ready bucket that lost a position, and closes it when it has none left.
    func readyChanged(_ bucket: inout Bucket) throws {
        if bucket.waiting == 0 {
            bucket.state = .closed
            ready[bucket.queue]?.remove(bucket)
            try exclusions.bucketClosed(bucket)
        } else {
            ready[bucket.queue]?.put(bucket)
        }
        try buckets.save(bucket)
    }
}
