extension UserRole {
    /// A user with its tasks and verdicts; with `asOf`, the verdicts that were valid then.
    func show(_ name: ScreenName, asOf: Timestamp?) throws -> QueryResult {
        guard let user = try users.find(name), let reference = user.reference else { return .refused(.unknownUser) }
        var tasks: [UserRecord.TaskRecord] = []
        var seen: Set<ServiceName> = []
        for task in try chain(from: user.last) {
            let service = service(of: task.key)
            guard seen.insert(service).inserted else { continue }
            let standing = try standing(of: task.key)
            tasks.append(
                UserRecord.TaskRecord(
                    service: service, state: standing.state, lane: shownLane(standing), attempt: standing.attempt))
        }
        var verdicts = try history(of: user)
        if let asOf {
            verdicts = verdicts.filter { $0.validFrom <= asOf && ($0.validTo.map { asOf < $0 } ?? true) }
        }
        return .user(
            UserRecord(
                user: reference, addedAt: user.added, tasks: tasks.sorted { $0.service < $1.service },
                verdicts: verdicts,
                possiblyRenamed: user.possiblyRenamed))
    }

    /// A leased task that was marked urgent meanwhile is shown as what it was marked for.
    func shownLane(_ standing: TaskStanding) -> Lane {
        standing.outcome.isWaiting && standing.outcome.raised ? .urgent : lane(of: standing.key)
    }

    /// How one service sees a user.
    func item(_ user: UserRow, _ reference: UserReference, service: ServiceName) throws -> UserListItem {
        guard let key = try latest(from: user.last, service: service) else {
            return UserListItem(user: reference, state: .unmarked, lane: nil, attempt: 0)
        }
        let standing = try standing(of: key)
        return UserListItem(
            user: reference, state: standing.state, lane: shownLane(standing), attempt: standing.attempt)
    }
}
