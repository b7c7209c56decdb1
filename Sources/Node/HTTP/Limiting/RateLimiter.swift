/// Token buckets by key in a table of fixed size: the key that has been silent longest makes room. Pure: the time is
/// given. A key that lost its place starts with a full bucket, which is what it would have had after its silence.
package struct RateLimiter<Key: Hashable & Sendable>: Sendable {
    private struct Entry {
        var key: Key
        var bucket: TokenBucket
        var newer: Int
        var older: Int
    }

    private static var none: Int { -1 }
    private let limit: Int
    private var entries: [Entry] = []
    private var places: [Key: Int] = [:]
    private var newest = -1
    private var oldest = -1

    /// - Parameter limit: keys remembered at a time.
    package init(limit: Int) {
        self.limit = max(1, limit)
    }

    package var count: Int { entries.count }

    /// Takes a token of the key's bucket, in constant time.
    package mutating func take(
        _ key: Key, policy: TokenBucket.Policy, at milliseconds: Int64
    ) -> TokenBucket.Verdict {
        let place = place(of: key, policy, milliseconds)
        if place != newest {
            unlink(place)
            linkAsNewest(place)
        }
        return entries[place].bucket.take(policy, at: milliseconds)
    }

    private mutating func place(of key: Key, _ policy: TokenBucket.Policy, _ milliseconds: Int64) -> Int {
        if let place = places[key] { return place }
        let entry = Entry(
            key: key, bucket: TokenBucket(full: policy, at: milliseconds), newer: Self.none, older: Self.none)
        let place: Int
        if entries.count < limit {
            place = entries.count
            entries.append(entry)
        } else {
            place = oldest
            unlink(place)
            places[entries[place].key] = nil
            entries[place] = entry
        }
        places[key] = place
        linkAsNewest(place)
        return place
    }

    private mutating func unlink(_ place: Int) {
        let (newer, older) = (entries[place].newer, entries[place].older)
        if newer == Self.none { newest = older } else { entries[newer].older = older }
        if older == Self.none { oldest = newer } else { entries[older].newer = newer }
    }

    private mutating func linkAsNewest(_ place: Int) {
        entries[place].newer = Self.none
        entries[place].older = newest
        if newest != Self.none { entries[newest].newer = place }
        newest = place
        if oldest == Self.none { oldest = place }
    }
}
