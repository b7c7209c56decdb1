/// The checker's sessions under way, one a lease.
///
/// Tasks of their own rather than a group's children, since one of them is cancelled alone; ``end()`` waits for them all.
struct CheckerSessions {
    private struct Session {
        let users: AsyncStream<UserReference>.Continuation
        let task: Task<Void, Never>
    }

    private let checker: any Checker
    private let feed: AsyncStream<VolunteerInput>.Continuation
    private var sessions: [String: Session] = [:]

    init(checker: any Checker, feed: AsyncStream<VolunteerInput>.Continuation) {
        self.checker = checker
        self.feed = feed
    }

    mutating func open(_ lease: String) {
        // At most `Limits.usersInHand` users wait here: the volunteer hands out no more.
        let (users, continuation) = AsyncStream.makeStream(of: UserReference.self)
        let (checker, feed) = (checker, feed)
        let task = Task {
            var failure: String?
            do {
                try await checker.check(users) { line in
                    switch line {
                    case .result(let result): feed.yield(.found(lease: lease, result))
                    case .unreadable(let text): feed.yield(.unreadable(lease: lease, text))
                    }
                }
            } catch {
                failure = Task.isCancelled ? nil : String(describing: error)
            }
            feed.yield(.sessionEnded(lease: lease, failure: failure))
        }
        sessions[lease] = Session(users: continuation, task: task)
    }

    func hand(_ users: [UserReference], to lease: String) {
        for user in users { sessions[lease]?.users.yield(user) }
    }

    func close(_ lease: String) { sessions[lease]?.users.finish() }

    func abandon(_ lease: String) {
        sessions[lease]?.users.finish()
        sessions[lease]?.task.cancel()
    }

    mutating func ended(_ lease: String) { sessions[lease] = nil }

    /// Ends all sessions and waits until they are over.
    mutating func end() async {
        for session in sessions.values {
            session.users.finish()
            session.task.cancel()
        }
        for session in sessions.values { await session.task.value }
        sessions = [:]
    }
}
