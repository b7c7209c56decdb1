/// How many users a client was given lately, against its capability.
///
/// Kept in bins of a sixtieth of the window, each of which counts until its last grant has left the window: at most 61 numbers
/// however fast a client works, and never too few users counted.
struct UsageWindow: Hashable {
    struct Bin: Hashable {
        var first: Timestamp
        var last: Timestamp
        var users: Int
    }

    private static let binsPerWindow: Int64 = 60

    private(set) var bins: [Bin] = []

    init(bins: [Bin] = []) { self.bins = bins }

    /// Counts a grant, and forgets what has left the window.
    mutating func add(_ users: Int, windowSeconds: Int, at now: Timestamp) {
        bins.removeAll { $0.last.adding(seconds: windowSeconds) <= now }
        let width = max(1, Int64(windowSeconds) * 1000 / Self.binsPerWindow)
        if let last = bins.indices.last, now.milliseconds - bins[last].first.milliseconds < width {
            bins[last].last = max(bins[last].last, now)
            bins[last].users += users
        } else {
            bins.append(Bin(first: now, last: now, users: users))
        }
    }

    /// Users given within the window that ends now.
    func users(within windowSeconds: Int, at now: Timestamp) -> Int {
        bins.reduce(0) { $1.last.adding(seconds: windowSeconds) > now ? $0 + $1.users : $0 }
    }

    /// Whole seconds until at least one more user may be given; 1 at least. `pending`: what is on its way, as if it was given.
    func secondsUntilRoom(for capability: Capability, pending: [Bin], at now: Timestamp) -> Int {
        let window = capability.windowSeconds
        let counting = (bins + pending).filter { $0.last.adding(seconds: window) > now }.sorted { $0.last < $1.last }
        var used = counting.reduce(0) { $0 + $1.users }
        for bin in counting {
            used -= bin.users
            if used < capability.usersPerWindow {
                let wait = bin.last.adding(seconds: window).milliseconds - now.milliseconds
                return max(1, Int((wait + 999) / 1000))
            }
        }
        return 1
    }
}
