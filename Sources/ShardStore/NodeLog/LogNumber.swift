/// One log in the table of records: the upper part of its records' keys. Founded groups have their own number; whatever takes
/// the place of a log later has another one, until nothing of the old one is left.
struct LogNumber: RawRepresentable, Hashable, Comparable {
    let rawValue: UInt16

    static func < (lhs: LogNumber, rhs: LogNumber) -> Bool { lhs.rawValue < rhs.rawValue }
}

/// Which log is whose, and which are nobody's any more but still have records.
struct LogNumbers {
    private(set) var ofGroup: [GroupID: LogNumber] = [:]
    /// To be deleted bit by bit.
    private(set) var abandoned: Set<LogNumber> = []

    /// Reads them back, one seek for each log there is: what no group refers to was abandoned before a restart.
    init(_ connection: Connection) throws(StoreError) {
        let groups = try connection.prepare("SELECT id, log FROM groups")
        while try groups.next() {
            let group = GroupID(rawValue: UInt16(truncatingIfNeeded: groups.int(0)))
            ofGroup[group] = LogNumber(rawValue: UInt16(truncatingIfNeeded: groups.int(1)))
        }
        let used = Set(ofGroup.values)
        let after = try connection.prepare("SELECT key FROM records WHERE key > ?1 ORDER BY key LIMIT 1")
        var last: Int64 = -1
        while true {
            after.bind(1, last)
            guard try after.next() else { return }
            let log = NodeLogSchema.log(of: after.int(0))
            after.reset()
            if !used.contains(log) { abandoned.insert(log) }
            last = NodeLogSchema.key(log, Limits.logIndex)
        }
    }

    /// A number without records for a group that has none: its own if that is free, else the lowest free one. `nil` when all
    /// are taken.
    mutating func assign(to group: GroupID) -> LogNumber? {
        let taken = abandoned.union(ofGroup.values)
        let own = LogNumber(rawValue: group.rawValue)
        let free =
            taken.contains(own) ? (0...UInt16.max).lazy.map(LogNumber.init).first { !taken.contains($0) } : own
        ofGroup[group] = free
        return free
    }

    /// The group has no log any more.
    mutating func abandon(logOf group: GroupID) {
        if let log = ofGroup.removeValue(forKey: group) { abandoned.insert(log) }
    }

    /// Nothing of the log is left.
    mutating func forget(_ log: LogNumber) { abandoned.remove(log) }
}
