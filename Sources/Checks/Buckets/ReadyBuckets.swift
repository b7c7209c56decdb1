/// The buckets of one queue that can be granted, oldest epoch first: what choosing needs, in memory. Read back from the
/// table's index when a shard is opened.
struct ReadyBuckets {
    /// One bucket.
    struct Entry: Equatable {
        var epoch: Int64
        var first: TaskKey
        var count: Int
        var waiting: Int
        var observed: Bool
    }

    private(set) var entries: [Entry] = []

    var count: Int { entries.count }

    /// The bucket whose tasks arrived first. O(buckets).
    var oldest: TaskKey? { entries.map(\.first).min() }

    /// Where `entry` is or belongs.
    private func place(_ epoch: Int64, _ first: TaskKey) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if (entries[middle].epoch, entries[middle].first) < (epoch, first) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    mutating func put(_ bucket: Bucket) {
        let entry = Entry(
            epoch: bucket.epoch.milliseconds, first: bucket.first, count: bucket.count, waiting: bucket.waiting,
            observed: bucket.observed)
        put(entry)
    }

    mutating func put(_ entry: Entry) {
        let place = place(entry.epoch, entry.first)
        if place < entries.count, entries[place].first == entry.first {
            entries[place] = entry
        } else {
            entries.insert(entry, at: place)
        }
    }

    mutating func remove(_ bucket: Bucket) {
        let place = place(bucket.epoch.milliseconds, bucket.first)
        if place < entries.count, entries[place].first == bucket.first { entries.remove(at: place) }
    }

    /// A bucket to grant, at random (from `draw`) among those of the oldest epoch that has any for this client.
    ///
    /// One that is too large but was never observed may be split; one that fits is preferred within its epoch.
    /// O(buckets of the epochs looked at).
    func choose(allowance: Int, draw: UInt64, excluded: (Entry) -> Bool) -> Entry? {
        var start = 0
        while start < entries.count {
            let epoch = entries[start].epoch
            var fitting: [Int] = []
            var larger: [Int] = []
            var end = start
            while end < entries.count, entries[end].epoch == epoch {
                if !excluded(entries[end]) {
                    if entries[end].waiting <= allowance {
                        fitting.append(end)
                    } else if !entries[end].observed {
                        larger.append(end)
                    }
                }
                end += 1
            }
            let eligible = fitting.isEmpty ? larger : fitting
            if !eligible.isEmpty { return entries[eligible[Int(draw % UInt64(eligible.count))]] }
            start = end
        }
        return nil
    }
}
