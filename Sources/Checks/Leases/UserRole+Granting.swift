extension UserRole {
    /// Grants a bucket under the order's lease id. Idempotent: the same id always comes to the same.
    func grant(_ order: GrantOrder) throws -> Outcome {
        if let lease = try leases.find(order.lease) {
            return .granted(try record(lease, asGranted: lease.state != .live))
        }
        if try refusals.contains(order.lease) { return .nothingToGrant }
        guard now <= order.notAfter, context.service(order.service)?.state == .active,
            let queue = queues.find(Marking(service: order.service, lane: order.lane)),
            var bucket = try choose(order, from: queue)
        else {
            try refusals.add(order.lease, .none, at: max(now, order.notAfter))
            return .nothingToGrant
        }
        let isGrantedAgain =
            context.faults.contains(.grantTwice) && bucket.waiting > 0 && leases.live(on: bucket.first) == nil
        if !isGrantedAgain { ready[queue]?.remove(bucket) }
        bucket.state = .leased
        try buckets.save(bucket)
        let waiting = bucket.waiting
        queues.count(order.service) {
            $0.bucketed -= waiting
            $0.leased += waiting
        }
        totals.leasesGranted += 1
        let settings = settings(order.service)
        let positions = bucket.outcomes.map { PositionOutcome(byte: $0).isWaiting ? UInt8(1) : 0 }
        let lease = try leases.add(
            Lease(
                number: 0, id: order.lease, first: bucket.first, count: bucket.count, client: order.client,
                secret: order.secret, home: order.home, slot: order.slot, granted: now,
                deadline: now.adding(seconds: min(settings.leaseSeconds, settings.maxLeaseSeconds)), state: .live,
                attempt: bucket.attempts + 1, users: waiting, reported: false,
                positions: waiting == bucket.count ? nil : positions))
        return .granted(try record(lease, bucket: bucket))
    }

    /// The oldest epoch that has a bucket for this client, then one at random; with none, forms one from what waits.
    private func choose(_ order: GrantOrder, from queue: Int) throws -> Bucket? {
        let allowance = max(1, order.allowance)
        if let bucket = try chooseReady(order, from: queue, allowance) { return bucket }
        let size = min(settings(order.service).bucketSize, allowance)
        for _ in 0..<Limits.formingAttempts {
            guard let bucket = try form(queue, size: size, for: order.client) else { return nil }
            if !exclusions.excludes(order.client, bucket.first, bucket.count, at: now) { return bucket }
        }
        return nil
    }

    private func chooseReady(_ order: GrantOrder, from queue: Int, _ allowance: Int) throws -> Bucket? {
        guard
            let entry = ready[queue]?.choose(
                allowance: allowance, draw: context.choice,
                excluded: { exclusions.excludes(order.client, $0.first, $0.count, at: now) }),
            let bucket = try buckets.bucket(at: entry.first)
        else { return nil }
        return entry.waiting <= allowance ? bucket : try split(bucket, keeping: allowance)
    }

    /// Cuts a bucket behind its `count`-th waiting position; the rest stays ready in its epoch.
    private func split(_ bucket: Bucket, keeping count: Int) throws -> Bucket {
        var cut = 0
        var seen = 0
        while seen < count {
            if bucket[cut].isWaiting { seen += 1 }
            cut += 1
        }
        var front = bucket
        front.outcomes = Array(bucket.outcomes[..<cut])
        var rest = bucket
        rest.first = bucket.first.advanced(by: cut)
        rest.outcomes = Array(bucket.outcomes[cut...])
        rest.uid = bucket.uid == 0 ? 0 : bucket.uid + Int64(cut)
        remembered.forget(bucket.first)
        try buckets.saveShortened(front)
        try buckets.add(rest)
        ready[bucket.queue]?.put(rest)
        return front
    }
}
