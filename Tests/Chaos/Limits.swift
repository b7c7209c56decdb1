/// Every limit of a run, with its reason.
enum Limits {
    // The service under test: short spans, so that a run of minutes sees many leases end in every way.
    static let bucketSize = 10
    static let leaseSeconds = 8
    static let graceSeconds = 3
    static let maxLeaseSeconds = 60
    static let coolDownSeconds = 1
    static let epochSeconds = 5
    static let shards = 16

    /// Two cores serve three nodes and these beside each other and are never more than half busy.
    static let volunteers = 8
    /// Long enough for an election and a repeated call inside the node; a client that waits for a paused node gives up then.
    static let callPatience = 6.0
    /// A node on this machine accepts at once or not at all.
    static let connectPatience: Int64 = 1
    /// How often a wish is repeated before its client gives up on it.
    static let attempts = 12
    /// Users that wait: enough that nobody runs dry, few enough that the end is near when the operator stops.
    static let waitingUsers = 400
    static let addedAtOnce = 25
    /// The system's own default: a volunteer comes nowhere near it, a flood does at once.
    static let requestsPerSecond = 100
    /// Enough to be refused on two busy cores, few enough to leave the others connections.
    static let floodAtOnce = 24

    /// How much of the acknowledgements that clients had just before must be left to them while another one floods a node: four fifths
    /// are on two cores, a few times less may be what a busy machine makes of it.
    static let shareInFlood = 0.2

    // Faults.
    static let calmSeconds = 3.0...6.0
    static let faultSeconds = 2.0...8.0
    /// From the grant of a lease to the latest submit of a volunteer that waits until it has expired.
    static let latestSubmitSeconds = Double(leaseSeconds + graceSeconds) + lateBy.upperBound
    /// How long after a lease has certainly expired, in seconds.
    static let lateBy = 0.5...3.0
    /// A node of a few thousand users is ready in a second; this is for a machine that is busy with something else.
    static let readySeconds = 60.0
    /// The share of a node moves in seconds.
    static let settleSeconds = 120.0
    static let stopSeconds = 30.0
    /// For the nodes of a run that was stopped: whoever stopped it waits.
    static let hurriedStopSeconds = 10.0
    /// After a signal: a long run's history is checked in half a minute. Whoever sent it has lost patience long before.
    static let afterSignalSeconds = 120.0
    /// Signals no further apart are one, sent to a process and to its group.
    static let sameSignalSeconds = 1
    /// Data of nodes that were replaced: some dozens of them after half an hour.
    static let removedDataBytes = 1 << 30
    /// What is left when the faults end is a few hundred users and the leases of volunteers that died.
    static let drainSeconds = 180.0
    /// A full disk is noticed with the next write, and something writes all the time.
    static let endSeconds = 60.0
    /// Room beyond a node's data: enough to start in, little enough to be filled at once.
    static let smallDiskKiB = 16 << 10
    /// Writes a second of a slow disk: a group commit takes a tenth of a second and more.
    static let slowWrites = 10...40
    /// How far a clock jumps, in seconds: far beyond the half second that is tolerated.
    static let jumpSeconds = 2.0...60.0
    /// How many seconds a drifting clock gains in one.
    static let driftRate = 0.1...0.4
    /// How often a process looks whether its clock was moved, in seconds; the library takes whole ones.
    static let clockFileSeconds = 1
    /// A leader whose clock jumped hands over within the second or so; this is for a machine that is busy.
    static let skewSeconds = 20.0
    /// Old enough that a certificate (90 days, renewed after 60) is due, or has expired.
    static let certificateDays = 62...95
    /// What a new one has left.
    static let renewedDays = 85.0...91.0
    static let renewalSeconds = 30.0
    /// What packets between nodes take, in seconds, from this to twice as long: from another town to another continent.
    static let packetDelay = 0.005...0.06
    /// Of a hundred: bad radio, and worse.
    static let packetLoss = 2...20
    static let packetsReordered = 10...50
    /// A pulse of a machine that stutters, on and off, in seconds.
    static let pulse = 0.05...0.4

    /// Twice what a lease and its grace take: by then the last one has expired and its client's home has heard of it.
    static let lastLeaseSeconds = 2.0 * Double(leaseSeconds + graceSeconds)
    /// Until every replica has answered with its digest.
    static let digestSeconds = 60.0
    /// Reads of the final state at once.
    static let readers = 16
}
