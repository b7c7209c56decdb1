extension UserRole {
    /// Forms what is due: full buckets, and everything that is urgent. Bounded; what is left is due after the next entry.
    func formDue() throws {
        var budget = Limits.bucketsPerEntry
        for queue in queues.all where queue.waiting > 0 {
            guard let service = context.service(queue.service), service.state == .active else { continue }
            let size = service.settings.bucketSize
            while budget > 0,
                queues[queue.id].waiting >= size || (queue.lane == .urgent && queues[queue.id].waiting > 0)
            {
                guard try form(queue.id, size: size) != nil else { break }
                budget -= 1
            }
        }
    }

    /// Forms one bucket of up to `size` waiting tasks of a queue, oldest first.
    ///
    /// - Parameter client: ends the bucket where the tasks that this client may see end or begin.
    /// - Returns: the bucket, ready; `nil` when nothing waits.
    func form(_ id: Int, size: Int, for client: ClientID? = nil) throws -> Bucket? {
        let range = try waitingTasks(id, size: size, for: client)
        guard let first = range.first, let last = range.last else { return nil }
        let settings = settings(queues[id].service)
        let length = Int64(max(1, settings.epochSeconds)) * 1000
        let neighbours = zip(range, range.dropFirst()).allSatisfy { $1.uid == $0.uid + 1 }
        var bucket = Bucket(
            first: first.key, state: .ready, redundancy: settings.redundancy,
            hasEarlier: range.contains { $0.previous != nil }, uid: neighbours ? first.uid : 0,
            epoch: Timestamp(milliseconds: now.milliseconds - now.milliseconds % length), formed: now,
            outcomes: range.map { task in
                switch task.mark {
                case .waiting: PositionOutcome.waiting.byte
                case .moved: PositionOutcome.moved.byte
                case .deleted: PositionOutcome.deleted.byte
                }
            })
        if bucket.hasEarlier { try inherit(range, &bucket) }
        let waiting = bucket.waiting
        queues[id].formed = last.key.number + 1
        queues[id].waiting -= waiting
        queues.count(queues[id].service) {
            $0.pending -= waiting
            $0.bucketed += waiting
        }
        try buckets.add(bucket)
        ready[id, default: ReadyBuckets()].put(bucket)
        return bucket
    }

    /// The tasks of the next bucket: from the first that waits to the `size`-th.
    private func waitingTasks(_ id: Int, size: Int, for client: ClientID?) throws -> [Task] {
        let limit = min(max(1, size), Limits.bucketPositions, queues[id].waiting)
        let looks = client != nil && !exclusions.isEmpty
        var range: [Task] = []
        var live = 0
        var end = 0
        var kept: Bool?
        var number = queues[id].formed
        reading: while live < limit, number < queues[id].next {
            let chunk = min(queues[id].next - number, limit)
            for task in try tasks.tasks(from: TaskKey(queue: id, number: number), count: chunk) {
                number = task.key.number + 1
                if task.mark != .waiting {
                    // Struck tasks before the first that waits are in no bucket at all.
                    if !range.isEmpty { range.append(task) }
                } else {
                    if looks, let client {
                        let excluded = try inherited(by: task).contains { $0.client == client }
                        if let kept, kept != excluded { break reading }
                        kept = excluded
                    }
                    range.append(task)
                    live += 1
                    end = range.count
                }
                if live == limit || range.count == Limits.bucketPositions { break reading }
            }
        }
        return Array(range.prefix(end))
    }

    /// Exclusions follow users: whoever was kept from a user's earlier task is kept from the new one.
    private func inherited(by task: Task) throws -> [(client: ClientID, until: Int64)] {
        guard !exclusions.isEmpty else { return [] }
        var found: [(client: ClientID, until: Int64)] = []
        var next = try latest(from: task.previous, service: service(of: task.key))
        while let key = next {
            let moved = try standing(of: key).outcome == .moved
            found += exclusions.excluded(from: key, 1, at: now).filter { moved || $0.until != Exclusions.forEver }
            next = try latest(from: tasks.task(key)?.previous, service: service(of: task.key))
        }
        return found
    }

    private func inherit(_ range: [Task], _ bucket: inout Bucket) throws {
        for task in range where task.mark == .waiting && task.previous != nil {
            for (client, until) in try inherited(by: task) {
                try exclusions.add(client, bucket.first, bucket.count, until: until)
            }
            if let key = try latest(from: task.previous, service: service(of: task.key)) {
                let earlier = try standing(of: key)
                if earlier.outcome == .moved, earlier.bucket?.bucket.observed == true { bucket.observed = true }
            }
        }
    }
}
