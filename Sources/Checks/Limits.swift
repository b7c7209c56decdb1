/// The sizes that a shard accepts.
package enum Limits {
    /// Rows that one entry may touch, about: keeps an apply within some milliseconds, so that nothing behind it waits.
    package static let rowsPerEntry = 500

    /// Positions of one bucket, whatever a service's `bucketSize` says: granting one reads so many rows.
    package static let bucketPositions = 1000

    /// Buckets that are formed after one entry, beyond those it filled itself: a row each, so that a pause's end stays within some milliseconds.
    package static let bucketsPerEntry = 128

    /// Buckets that one grant forms at most to find one that its client may see; the others stay ready.
    package static let formingAttempts = 4

    /// Buckets whose users' names stay in memory, by shard: a report then reads no user row. 64 x 180 names are below 1 MiB.
    package static let rememberedBuckets = 64

    /// Clients whose records stay in memory between commits, by shard.
    package static let rememberedClients = 4096

    /// Bytes of a result's note; a longer one makes its row `malformedRow`. 180 of them stay below an entry's 256 KiB.
    package static let noteLength = 1000

    /// How long ended leases, keys and refusals are remembered, in seconds: the interface promises 24 hours.
    package static let memorySeconds = 86400

    /// Rows that one purge deletes of each kind.
    package static let purgeRows = 200

    /// Users that one part of a listing looks at before it answers with what it has.
    package static let usersPerScan = 2000

    /// Slots that one reserve opens: the interface's highest useful `count` at the default cap, and room for services that
    /// allow more.
    package static let slotsPerReserve = 100
}
