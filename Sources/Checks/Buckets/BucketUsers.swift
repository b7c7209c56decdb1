/// The users of one bucket, by position: read once when it is granted, so that a report maps names to positions without
/// reading a row.
final class BucketUsers {
    struct Entry {
        var uid: Int64
        /// `nil`: deleted.
        var user: UserReference?
    }

    let entries: [Entry]
    private var places: [ScreenName: Int]?

    init(_ entries: [Entry]) { self.entries = entries }

    /// The position of a name. Reports mostly come in the bucket's order: `hint` is looked at first, and an index is made
    /// only when that fails.
    func position(of name: ScreenName, hint: Int) -> Int? {
        if hint < entries.count, entries[hint].user?.screenName == name { return hint }
        if let places { return places[name] }
        var made: [ScreenName: Int] = [:]
        made.reserveCapacity(entries.count)
        for (position, entry) in entries.enumerated() {
            if let user = entry.user { made[user.screenName] = position }
        }
        places = made
        return made[name]
    }
}

/// The buckets whose users are in memory; the one that was not used for longest gives way.
struct RememberedBuckets {
    private var users: [TaskKey: (users: BucketUsers, used: Int)] = [:]
    private var clock = 0

    mutating func find(_ first: TaskKey) -> BucketUsers? {
        guard let found = users[first] else { return nil }
        clock += 1
        users[first] = (found.users, clock)
        return found.users
    }

    mutating func keep(_ first: TaskKey, _ found: BucketUsers) {
        clock += 1
        users[first] = (found, clock)
        guard users.count > Limits.rememberedBuckets else { return }
        if let oldest = users.min(by: { $0.value.used < $1.value.used }) { users[oldest.key] = nil }
    }

    mutating func forget(_ first: TaskKey) { users[first] = nil }
}
