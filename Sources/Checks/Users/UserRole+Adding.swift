extension UserRole {
    /// Adds users, and marks them if asked; existing users are joined, not doubled.
    func add(_ references: [UserReference], mark marking: Marking?) throws -> Outcome {
        if let marking, let refusal = refusal(for: marking) { return .refused(refusal) }
        let queue = try marking.map { try queues.queue($0) }
        var tally = UserTally()
        for (row, reference) in references.enumerated() {
            let generation = try tombstones.generation(of: reference.screenName) + 1
            let key = queue.map { TaskKey(queue: $0, number: queues[$0].next) }
            let uid = users.nextUID
            if try users.add(reference, at: now, last: key, generation: generation) {
                tally.added += 1
                totals.users += 1
                if generation > 1 { totals.deleted -= 1 }
                if let queue {
                    try append(uid: uid, to: queue, previous: nil)
                    tally.marked += 1
                } else {
                    totals.unmarked += 1
                }
                continue
            }
            guard var user = try users.find(reference.screenName) else { continue }
            if let account = reference.accountID {
                guard user.account == nil || user.account == account else {
                    tally.accountMismatches.append(row)
                    continue
                }
                if user.account == nil {
                    try users.setAccount(user.uid, account)
                    user.account = account
                    try forgetNames(of: user)
                }
            }
            tally.existing += 1
            if let marking, let queue, try mark(user, marking, queue) { tally.marked += 1 }
        }
        if let marking {
            let fresh = tally.added
            queues.count(marking.service) {
                $0.marked += fresh
                $0.pending += fresh
            }
        }
        return .added(tally)
    }

    /// Marks users for a service.
    func mark(_ names: [ScreenName], _ marking: Marking) throws -> Outcome {
        if let refusal = refusal(for: marking) { return .refused(refusal) }
        let queue = try queues.queue(marking)
        var tally = MarkTally()
        for name in names {
            guard let user = try users.find(name) else {
                tally.unknown.append(name)
                continue
            }
            if try mark(user, marking, queue) { tally.marked += 1 } else { tally.already += 1 }
        }
        return .marked(tally)
    }

    /// Marks users again whose task is over; a running task is joined.
    func recheck(_ names: [ScreenName], _ marking: Marking) throws -> Outcome {
        if let refusal = refusal(for: marking) { return .refused(refusal) }
        let queue = try queues.queue(marking)
        var tally = RecheckTally()
        for name in names {
            guard let user = try users.find(name) else {
                tally.unknown.append(name)
                continue
            }
            if try recheck(user, marking, queue) { tally.requeued += 1 } else { tally.running += 1 }
        }
        return .rechecked(tally)
    }

    /// Marking is refused for a service that is not there or takes no new work.
    func refusal(for marking: Marking) -> CheckRefusal? {
        guard let service = context.service(marking.service) else { return .unknownService }
        return service.state == .revoked ? .revokedService : nil
    }

    /// Marks one user; an urgent mark raises a waiting task.
    ///
    /// - Returns: whether the user was not marked before.
    func mark(_ user: UserRow, _ marking: Marking, _ queue: Int) throws -> Bool {
        if let key = try latest(from: user.last, service: marking.service) {
            if marking.lane == .urgent { try raise(key, user: user) }
            return false
        }
        let key = try append(uid: user.uid, to: queue, previous: user.last)
        try users.setLast(user.uid, key)
        if user.last == nil { totals.unmarked -= 1 }
        queues.count(marking.service) {
            $0.marked += 1
            $0.pending += 1
        }
        return true
    }

    /// - Returns: whether a new task was made; otherwise one is under way.
    func recheck(_ user: UserRow, _ marking: Marking, _ queue: Int) throws -> Bool {
        guard let last = try latest(from: user.last, service: marking.service) else {
            return try mark(user, marking, queue)
        }
        let standing = try standing(of: last)
        guard !standing.outcome.isWaiting else {
            if marking.lane == .urgent { try raise(last, user: user) }
            return false
        }
        let previous = context.faults.contains(.forgetHistory) ? nil : user.last
        let key = try append(uid: user.uid, to: queue, previous: previous)
        try users.setLast(user.uid, key)
        queues.count(marking.service) {
            $0[standing.state] -= 1
            $0.pending += 1
        }
        return true
    }

    /// Puts a new task at the end of a queue. What counts it is the caller's.
    @discardableResult
    func append(uid: Int64, to id: Int, previous: TaskKey?) throws -> TaskKey {
        var queue = queues[id]
        let key = TaskKey(queue: id, number: queue.next)
        if queue.next == 0 || queue.lastArrival != now {
            try tasks.arrived(key, at: now)
            queue.lastArrival = now
        }
        try tasks.append(key, uid: uid, previous: previous)
        queue.next += 1
        queue.waiting += 1
        queues[id] = queue
        return key
    }

    /// Drops the names in memory of every bucket that the user is in.
    func forgetNames(of user: UserRow) throws {
        for task in try chain(from: user.last) {
            if let bucket = try standing(of: task.key).bucket?.bucket { remembered.forget(bucket.first) }
        }
    }
}
