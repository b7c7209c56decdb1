/// Counters of a shard as a whole. Kept in memory, written back before a commit.
struct UserTotals: Equatable {
    /// Users that are not deleted.
    var users = 0
    /// Users that were deleted and not added again.
    var deleted = 0
    /// Of `users`, those that no service ever marked.
    var unmarked = 0
    var leasesGranted = 0
    var resultsAccepted = 0
    var resultsDiscarded = 0

    init() {}

    init(packed bytes: [UInt8]) {
        var reader = PackedReader(bytes)
        users = reader.count()
        deleted = reader.count()
        unmarked = reader.count()
        leasesGranted = reader.count()
        resultsAccepted = reader.count()
        resultsDiscarded = reader.count()
    }

    func packed() -> [UInt8] {
        var writer = PackedWriter()
        for value in [users, deleted, unmarked, leasesGranted, resultsAccepted, resultsDiscarded] {
            writer.count(value)
        }
        return writer.bytes
    }
}
