/// Where a member is in its own life.
enum Phase {
    /// Asking seeds until one answers; everything else works already.
    case joining(attempts: Int, retryAt: Duration)
    case active
    /// Saying good-bye, until it has been told often enough or this time comes.
    case leaving(until: Duration)
    case left

    /// Takes part in the protocol at all.
    var isPresent: Bool {
        if case .left = self { false } else { true }
    }

    var isDeparting: Bool {
        switch self {
        case .leaving, .left: true
        case .joining, .active: false
        }
    }

    var deadline: Duration? {
        switch self {
        case .joining(_, let retryAt): retryAt
        case .leaving(let until): until
        case .active, .left: nil
        }
    }
}
