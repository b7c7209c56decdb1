/// Tasks by state, deleted users, the verdicts, when the task that waits longest was marked.
extension ShardCounts: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        for count in [unmarked, pending, bucketed, leased, done, failed, deleted] { writer.count(count) }
        byVerdict.pack(into: &writer)
        writer.optionalTime(oldestWaiting)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init()
        unmarked = try reader.tally()
        pending = try reader.tally()
        bucketed = try reader.tally()
        leased = try reader.tally()
        done = try reader.tally()
        failed = try reader.tally()
        deleted = try reader.tally()
        byVerdict = try [VerdictCount](from: &reader)
        oldestWaiting = reader.optionalTime()
    }
}

/// Users, tasks, services, clients, live leases, then what was counted since the shard was made.
extension ShardStatistics: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.count(users)
        tasks.pack(into: &writer)
        services.pack(into: &writer)
        clients.pack(into: &writer)
        writer.count(leasesLive)
        for total in [leasesGranted, resultsAccepted, lateResultsDiscarded] { writer.varint(total) }
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init()
        users = try reader.tally()
        tasks = try ShardCounts(from: &reader)
        services = try [ServiceCounts](from: &reader)
        clients = try [ClientStateCount](from: &reader)
        leasesLive = try reader.tally()
        leasesGranted = UInt64(try reader.tally())
        resultsAccepted = UInt64(try reader.tally())
        lateResultsDiscarded = UInt64(try reader.tally())
    }
}

/// The service, then its counts.
extension ShardStatistics.ServiceCounts: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.text(service.text)
        counts.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(service: try reader.service(), counts: try ShardCounts(from: &reader))
    }
}

/// The state, then how many.
extension ShardStatistics.ClientStateCount: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.byte(state.code)
        writer.count(count)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(state: try reader.code(), count: try reader.tally())
    }
}
