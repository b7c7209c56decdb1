/// Where one task stands: derived from its bucket, or from its mark while it waits for one.
struct TaskStanding {
    var key: TaskKey
    /// Its bucket and place; `nil` while it waits for one.
    var bucket: (bucket: Bucket, position: Int)?
    /// What became of it: waiting, a verdict, moved, deleted, failed.
    var outcome: PositionOutcome

    var state: TaskState {
        if outcome == .failed { return .failed }
        guard let bucket else { return .pending }
        if !outcome.isWaiting { return .done }
        return bucket.bucket.state == .leased ? .leased : .bucketed
    }

    /// Attempts that were begun.
    var attempt: Int {
        guard let bucket = bucket?.bucket else { return 0 }
        return bucket.attempts + (state == .leased || state == .done ? 1 : 0)
    }
}

extension UserRole {
    /// Where a task stands.
    func standing(of key: TaskKey) throws -> TaskStanding {
        if key.number < queues[key.queue].formed, let bucket = try buckets.bucket(containing: key),
            let position = bucket.position(of: key)
        {
            return TaskStanding(key: key, bucket: (bucket, position), outcome: bucket[position])
        }
        let outcome: PositionOutcome =
            switch try tasks.task(key)?.mark {
            case .moved: .moved
            case .deleted: .deleted
            case .waiting, nil: .waiting
            }
        return TaskStanding(key: key, bucket: nil, outcome: outcome)
    }

    /// The user's last task of a service, from `key` back.
    func latest(from key: TaskKey?, service: ServiceName) throws -> TaskKey? {
        var next = key
        while let key = next {
            if self.service(of: key) == service { return key }
            next = try tasks.task(key)?.previous
        }
        return nil
    }

    /// All tasks of a user, the last first.
    func chain(from key: TaskKey?) throws -> [Task] {
        var chain: [Task] = []
        var next = key
        while let key = next, let task = try tasks.task(key) {
            chain.append(task)
            next = task.previous
        }
        return chain
    }

    /// The verdict that counts for a user before the task at `key`, going back from its `previous`.
    func verdict(from previous: TaskKey?, service: ServiceName) throws -> Verdict? {
        var next = try latest(from: previous, service: service)
        while let key = next {
            if let verdict = try standing(of: key).outcome.verdict { return verdict }
            next = try latest(from: tasks.task(key)?.previous, service: service)
        }
        return nil
    }
}
