import ShardStore

/// The tables of a shard's file, in numbered steps that are only ever appended to.
///
/// A *task key* is `queue << 40 | n`: a queue is one service and lane, `n` counts its tasks in order of arrival. A bucket is
/// the range of task keys that starts at its own key, so that no table repeats which task is in which bucket.
enum ShardSchema {
    /// `dmcS`: marks a file as a shard's.
    static let migrations = Migrations(
        applicationID: 0x646D_6353,
        steps: [ShardFile.positionTable + users + work + channels + HomeRole.tables, ShardFile.clusterColumn])

    private static let users = """
        CREATE TABLE state(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE users(
            uid INTEGER PRIMARY KEY, name TEXT, account ANY, added INTEGER NOT NULL, last INTEGER NOT NULL,
            generation INTEGER NOT NULL, flags INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX users_name ON users(name) WHERE name IS NOT NULL;
        CREATE TABLE tombstones(
            hash BLOB NOT NULL, uid INTEGER NOT NULL, generation INTEGER NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY(hash, uid)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE queues(id INTEGER PRIMARY KEY, service TEXT NOT NULL, lane INTEGER NOT NULL) STRICT;
        CREATE TABLE tasks(key INTEGER PRIMARY KEY, uid INTEGER NOT NULL, mark INTEGER NOT NULL, previous INTEGER) STRICT;
        CREATE TABLE arrivals(key INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
        CREATE TABLE jobs(number INTEGER PRIMARY KEY, order_bytes BLOB NOT NULL, cursor INTEGER NOT NULL) STRICT;
        """

    private static let work = """
        CREATE TABLE buckets(
            first INTEGER PRIMARY KEY, count INTEGER NOT NULL, state INTEGER NOT NULL, waiting INTEGER NOT NULL,
            attempts INTEGER NOT NULL, rounds INTEGER NOT NULL, redundancy INTEGER NOT NULL, flags INTEGER NOT NULL,
            uid INTEGER NOT NULL, epoch INTEGER NOT NULL, formed INTEGER NOT NULL, outcomes BLOB NOT NULL
        ) STRICT;
        CREATE INDEX buckets_open ON buckets(state, epoch, first) WHERE state < 3;
        CREATE TABLE leases(
            number INTEGER PRIMARY KEY, id BLOB NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL,
            client INTEGER NOT NULL, secret BLOB NOT NULL, home INTEGER NOT NULL, slot INTEGER NOT NULL,
            granted INTEGER NOT NULL, deadline INTEGER NOT NULL, ended INTEGER, dead INTEGER, state INTEGER NOT NULL,
            attempt INTEGER NOT NULL, users INTEGER NOT NULL, reported INTEGER NOT NULL, positions BLOB
        ) STRICT;
        CREATE UNIQUE INDEX leases_id ON leases(id);
        CREATE INDEX leases_first ON leases(first);
        CREATE INDEX leases_live ON leases(state) WHERE state = 1;
        CREATE TABLE refusals(id BLOB PRIMARY KEY, kind INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX refusals_at ON refusals(at);
        CREATE TABLE observations(
            bucket INTEGER NOT NULL, ordinal INTEGER NOT NULL, lease INTEGER NOT NULL, at INTEGER NOT NULL,
            rows BLOB NOT NULL, PRIMARY KEY(bucket, ordinal)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE exclusions(
            client INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, until INTEGER NOT NULL,
            PRIMARY KEY(client, first, count)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX exclusions_until ON exclusions(until);
        """

    private static let channels = """
        CREATE TABLE outbox(
            target INTEGER NOT NULL, number INTEGER NOT NULL, event BLOB NOT NULL, PRIMARY KEY(target, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE channels(
            peer INTEGER PRIMARY KEY, delivered INTEGER NOT NULL, sent INTEGER NOT NULL, taken INTEGER NOT NULL
        ) STRICT;
        """
}
