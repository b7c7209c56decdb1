/// A deliberate fault of coordinator or state machine: what has to be found before what finds nothing may be believed.
///
/// Always off in programs, but for those that are built with the package's trait of that name. Each leaves out, or does at the
/// wrong moment, one thing that the architecture asks for, in one place.
package enum PlantedFault: UInt64, CaseIterable, Sendable {
    // The coordinator's

    /// A report is acknowledged when it is proposed.
    case answerBeforeCommit
    /// One voter is a majority.
    case commitAlone
    /// A write counts before it is on a disk.
    case acknowledgeBeforeDurable
    /// A leader answers from what it has, whether it leads still or not.
    case readWithoutAsking
    /// A learner is given a vote however little it has of the log.
    case promoteEarly
    /// Who comes in the place of a member that is being removed gets its replicas, votes and all, with empty disks.
    case inheritVotes
    /// A node is removed although it still votes in group 0.
    case drainForgetsRegistry
    /// Events count as taken when they are sent.
    case loseEvents
    /// The next shard is asked for a bucket although the last may still grant one.
    case skipFence
    /// An unregistration is answered before the leases are cancelled.
    case answerBeforeCancels
    /// The ring has the members that this node believes alive, not those of the registry.
    case placeByGossip
    /// A node goes by its own clock, whatever its peers' say.
    case trustOwnClock
    /// A lease is taken from its holder at the deadline, without the grace period.
    case expireEarly

    // The state machine's

    /// A leased bucket can be granted once more.
    case grantTwice
    /// Results are taken under a lease that has ended.
    case acceptEnded
    /// Results are taken from anyone who knows a lease.
    case acceptStrangers
    /// Nothing is remembered of a lease that was cancelled before it was granted.
    case forgetCancel
    /// Events that were taken are taken again.
    case repeatEvents
    /// A report that is repeated counts again in its client's statistics.
    case countReplays
    /// A lease request's key is not remembered.
    case forgetKeys
    /// The last slot's number is neither in the file nor in snapshots of it.
    case omitLastSlot
    /// Which bucket is granted depends on what the replica happens to have done.
    case localDraw
    /// A deleted user's row keeps its name.
    case keepName
    /// A deleted user leaves no tombstone.
    case forgetTombstone
    /// A bucket is closed when its lease ends, whatever is left in it.
    case closeEarly
    /// A new verdict does not end the one before.
    case keepVerdicts
    /// A recheck forgets the tasks before it, and what was said in them.
    case forgetHistory
}

/// The deliberate faults that are switched on: none.
///
/// Asking is a bit test; nothing asks for each row of a report or a bucket.
package struct PlantedFaults: Hashable, Sendable, ExpressibleByArrayLiteral {
    private let bits: UInt64

    package init(arrayLiteral faults: PlantedFault...) { bits = faults.reduce(0) { $0 | 1 << $1.rawValue } }

    package var isEmpty: Bool { bits == 0 }

    package func contains(_ fault: PlantedFault) -> Bool { bits & 1 << fault.rawValue != 0 }
}
