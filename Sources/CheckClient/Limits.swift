/// The limits of this library, each with where its number comes from.
package enum Limits {
    /// The longest answer that is read whole. A page of 1000 records with history stays below a tenth of it.
    package static let answerBytes = 16 << 20
    /// How long one attempt at a call may take: the node's own 10 s, plus the way there and back.
    package static let attemptSeconds = 15.0
    /// How long one streamed call may take: ten million rows at a tenth of the import's goal are 17 minutes.
    package static let streamSeconds = 3600.0
    /// How long a connection may take to be made; a node on the same continent needs less than one.
    package static let connectSeconds = 5.0
    /// The first pause after every node was tried in vain.
    package static let firstPauseSeconds = 0.25
    /// The longest pause between attempts when no node said one.
    package static let longestPauseSeconds = 15.0
    /// The longest pause that a node may ask for: a day.
    package static let longestRetryAfterSeconds = 86400.0
    /// How long a call is repeated before the caller hears of it, unless it says otherwise.
    package static let patienceSeconds = 10.0
    /// Items a page: the interface's largest.
    package static let pageItems = 1000
    /// Base URLs of one client: a cluster has tens of nodes at most.
    package static let nodes = 64
    /// Bytes of one piece of a streamed body.
    package static let pieceBytes = 64 << 10

    /// Look-ups in a window: the platform's limit.
    package static let lookupsPerWindow = 180
    /// The platform's window.
    package static let windowSeconds = 900.0
    /// Users in a checker at once, for each worker: enough to keep a batch going, few enough to lose little on a stop.
    package static let usersInHand = 60
    /// Rows that wait for one report before it leaves: a third of a default bucket.
    package static let rowsPerReport = 60
    /// The most rows in one report: the interface's limit of a bucket is larger, a megabyte of rows is not.
    package static let largestReport = 1000
    /// How long a row may wait for others before its report leaves: what a crash may cost.
    package static let reportAgeSeconds = 5.0
    /// How long a lease request may wait at the node: short, since a clean stop waits for its answer.
    package static let leaseWaitSeconds = 3
    /// Workers of one volunteer: more leases than the interface's default cap of 10 allow a client nothing.
    package static let workers = 100
    /// Crashes of a checker in a row, without a result between them, before the volunteer gives up.
    package static let checkerCrashes = 3
    /// How long a clean stop tries to deliver before it leaves the rest to expire.
    package static let stopSeconds = 15.0
    /// A second wish to stop within this time is the first one told twice.
    package static let secondStopSeconds = 1.0
    /// How long a refused client waits before it asks whether it may work again.
    package static let quarantinePauseSeconds = 60.0
    /// The longest line a checker may write: a result with its note is far below.
    package static let checkerLineBytes = 64 << 10
    /// The profile file: four short fields.
    package static let profileBytes = 64 << 10
    /// How fast the platform's limit may be exceeded: the demo's look-ups take no time.
    package static let speeds = 0.001...1_000_000
}
