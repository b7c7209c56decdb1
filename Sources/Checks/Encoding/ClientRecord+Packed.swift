/// Id, screen name, state, reason, the three moments, capability, statistics.
extension ClientRecord: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.varint(id.rawValue)
        writer.text(screenName)
        writer.byte(state.code)
        writer.optionalText(reason)
        writer.time(firstRegisteredAt)
        writer.time(lastRegisteredAt)
        writer.time(lastAccessAt)
        capability.pack(into: &writer)
        statistics.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            id: reader.client(), screenName: reader.text(), state: try reader.code(), reason: reader.optionalText(),
            firstRegisteredAt: reader.time(), lastRegisteredAt: reader.time(), lastAccessAt: reader.time(),
            capability: try Capability(from: &reader), statistics: try ClientStatistics(from: &reader))
    }
}

/// Users, seconds, the buckets if they are limited, the services if they are.
extension Capability: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.count(usersPerWindow)
        writer.count(windowSeconds)
        writer.flag(maxBuckets != nil)
        if let maxBuckets { writer.count(maxBuckets) }
        services.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            usersPerWindow: try reader.tally(), windowSeconds: try reader.tally(),
            maxBuckets: reader.flag() ? try reader.tally() : nil, services: try [ServiceName]?(from: &reader))
    }
}

/// Buckets, faults, users in the window, agreement, then the verdicts.
extension ClientStatistics: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        for count in [
            bucketsAssigned, bucketsDone, bucketsDead, bucketsReleased, bucketsHeld, unassignedUser, notOwnBucket,
            unknownBucket, malformed, usersInWindow, agreeing, judged,
        ] { writer.count(count) }
        usersByVerdict.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init()
        bucketsAssigned = try reader.tally()
        bucketsDone = try reader.tally()
        bucketsDead = try reader.tally()
        bucketsReleased = try reader.tally()
        bucketsHeld = try reader.tally()
        unassignedUser = try reader.tally()
        notOwnBucket = try reader.tally()
        unknownBucket = try reader.tally()
        malformed = try reader.tally()
        usersInWindow = try reader.tally()
        agreeing = try reader.tally()
        judged = try reader.tally()
        usersByVerdict = try [VerdictCount](from: &reader)
    }
}

/// The verdict, then how often.
extension VerdictCount: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.byte(verdict.code)
        writer.count(count)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(verdict: try reader.code(), count: try reader.tally())
    }
}
