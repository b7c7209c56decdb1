extension UserRole {
    /// Ends a live lease: its bucket is closed, or ready again in its old epoch with what is unfinished.
    func end(_ lease: inout Lease, _ bucket: inout Bucket, _ how: Lease.State) throws {
        let service = service(of: lease.first)
        let settings = settings(service)
        let observed = bucket.outcomes.contains { PositionOutcome(byte: $0).reported }
        let left = bucket.waiting
        queues.count(service) {
            $0.leased -= left
            $0.bucketed += left
        }
        if how == .done {
            if left > 0 { bucket.rounds += 1 }
        } else {
            bucket.attempts += 1
        }
        try raiseMarked(&bucket)
        if bucket.attempts >= settings.maxAttempts || bucket.rounds >= bucket.redundancy + settings.maxAttempts {
            fail(&bucket)
        }
        for position in bucket.outcomes.indices where bucket[position].reported { bucket[position].reported = false }
        if observed {
            bucket.observed = true
            try exclusions.add(lease.client, bucket.first, bucket.count, until: Exclusions.forEver)
        }
        switch how {
        case .givenBack, .releasedByReport, .cancelled:
            // Giving a bucket back buys no new draw of the same users.
            if settings.coolDownSeconds > 0 {
                let until = now.adding(seconds: settings.coolDownSeconds).milliseconds
                try exclusions.add(lease.client, lease.first, lease.count, until: until)
            }
        case .live, .done, .expired: break
        }
        if bucket.waiting == 0 || context.faults.contains(.closeEarly) {
            bucket.state = .closed
            try exclusions.bucketClosed(bucket)
        } else {
            bucket.state = .ready
            ready[bucket.queue, default: ReadyBuckets()].put(bucket)
        }
        try buckets.save(bucket)
        lease.state = how
        lease.ended = now
        try leases.save(lease)
        if bucket.state == .closed { remembered.forget(bucket.first) }
        let ending: OutboxEvent.Ending = how == .done ? .done : .released
        try channels.emit(
            .leaseEnded(
                client: lease.client, slot: lease.slot, lease: lease.id, ending: ending, users: lease.users, at: now),
            to: lease.home)
    }

    /// Users that were marked urgent while they were leased go to the urgent lane now.
    private func raiseMarked(_ bucket: inout Bucket) throws {
        let raised = bucket.outcomes.indices.filter { bucket[$0].raised && bucket[$0].isWaiting }
        guard !raised.isEmpty else { return }
        for position in bucket.outcomes.indices where bucket[position].raised && !bucket[position].isWaiting {
            bucket[position].raised = false
        }
        let service = service(of: bucket.first)
        let entries = try bucketUsers(bucket).entries
        for position in raised {
            guard let user = try users.find(uid: entries[position].uid) else { continue }
            bucket[position] = .moved
            try appendUrgent(user, service)
        }
        queues.count(service) {
            $0.bucketed -= raised.count
            $0.pending += raised.count
        }
    }

    /// Attempts or rounds are used up: what waits is failed, visibly, until it is rechecked.
    private func fail(_ bucket: inout Bucket) {
        let waiting = bucket.waiting
        guard waiting > 0 else { return }
        for position in bucket.outcomes.indices where bucket[position].isWaiting { bucket[position] = .failed }
        queues.count(service(of: bucket.first)) {
            $0.bucketed -= waiting
            $0.failed += waiting
        }
    }
}
