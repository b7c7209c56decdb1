extension UserRole {
    /// Deletes what is known of a user: name, observations, verdicts. What stays is an empty row that keeps its tasks'
    /// ranges whole, and a keyed hash.
    func delete(_ name: ScreenName) throws -> Outcome {
        guard let user = try users.find(name) else { return .refused(.unknownUser) }
        let chain = try chain(from: user.last)
        var seen: Set<ServiceName> = []
        for task in chain {
            let service = service(of: task.key)
            if seen.insert(service).inserted { try uncount(user, task.key, service) }
        }
        for task in chain { try erase(task) }
        if !context.faults.contains(.keepName) { try users.empty(user.uid) }
        if !context.faults.contains(.forgetTombstone) {
            try tombstones.add(name, uid: user.uid, generation: user.generation, at: now)
        }
        totals.users -= 1
        if user.last == nil { totals.unmarked -= 1 }
        totals.deleted += 1
        return .done
    }

    /// Takes the user out of a service's counts; `key` is its last task there.
    private func uncount(_ user: UserRow, _ key: TaskKey, _ service: ServiceName) throws {
        let state = try standing(of: key).state
        let verdict = try verdict(from: key, service: service)
        queues.count(service) {
            $0.marked -= 1
            $0[state] -= 1
            if let verdict { $0.byVerdict[Int(verdict.rawValue)] -= 1 }
        }
    }

    private func erase(_ task: Task) throws {
        guard case (var bucket, let position)? = try standing(of: task.key).bucket else {
            if task.mark == .waiting, task.key.number >= queues[task.key.queue].formed {
                queues[task.key.queue].waiting -= 1
            }
            try tasks.mark(task.key, .deleted)
            return
        }
        bucket[position] = .deleted
        try observations.erase(position, of: bucket.first)
        remembered.forget(bucket.first)
        switch bucket.state {
        case .ready: try readyChanged(&bucket)
        case .leased, .closed: try buckets.save(bucket)
        }
    }
}
