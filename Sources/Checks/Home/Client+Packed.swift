extension Client {
    func packed() -> [UInt8] {
        var writer = PackedWriter(capacity: 160)
        writer.byte(state.rawValue)
        writer.byte(restriction.rawValue)
        writer.optionalText(reason)
        writer.optionalText(screenName)
        writer.blob(secret?.bytes ?? [])
        writer.varint(generation)
        writer.flag(resetting)
        for moment in [firstRegistered, lastRegistered, lastAccess] { writer.time(moment) }
        writer.count(capability.usersPerWindow)
        writer.count(capability.windowSeconds)
        writer.count(capability.maxBuckets.map { $0 + 1 } ?? 0)
        writer.flag(capability.services != nil)
        if let services = capability.services {
            writer.count(services.count)
            for service in services { writer.text(service.text) }
        }
        pack(statistics, &writer)
        writer.count(spending.count)
        for spent in spending {
            writer.time(spent.at)
            writer.count(spent.users)
        }
        for moment in [offences.refusedSince, offences.windowStart, offences.last] { writer.time(moment) }
        writer.count(offences.refused)
        writer.count(offences.windows)
        writer.flag(offences.warned)
        writer.varint(activity)
        return writer.bytes
    }

    private func pack(_ statistics: ClientStatistics, _ writer: inout PackedWriter) {
        for count in [
            statistics.bucketsAssigned, statistics.bucketsDone, statistics.bucketsDead, statistics.bucketsReleased,
            statistics.bucketsHeld, statistics.unassignedUser, statistics.notOwnBucket, statistics.unknownBucket,
            statistics.malformed, statistics.agreeing, statistics.judged, statistics.usersByVerdict.count,
        ] { writer.count(count) }
        for count in statistics.usersByVerdict {
            writer.byte(count.verdict.rawValue)
            writer.count(count.count)
        }
    }

    init?(_ id: ClientID, packed bytes: [UInt8]) {
        var reader = PackedReader(bytes)
        guard let state = State(rawValue: reader.byte()), let restriction = Restriction(rawValue: reader.byte()) else {
            return nil
        }
        self.id = id
        self.state = state
        self.restriction = restriction
        reason = reader.optionalText()
        screenName = reader.optionalText()
        secret = SecretHash(reader.blob())
        generation = reader.varint()
        resetting = reader.flag()
        firstRegistered = reader.time()
        lastRegistered = reader.time()
        lastAccess = reader.time()
        capability = Capability(usersPerWindow: reader.count(), windowSeconds: reader.count())
        let buckets = reader.count()
        if buckets > 0 { capability.maxBuckets = buckets - 1 }
        if reader.flag() {
            let count = reader.count()
            capability.services = (0..<min(count, bytes.count)).map { _ in ServiceName(stored: reader.text()) }
        }
        statistics = Self.statistics(&reader)
        for _ in 0..<min(reader.count(), bytes.count) {
            spending.append(Spending(at: reader.time(), users: reader.count()))
        }
        offences.refusedSince = reader.time()
        offences.windowStart = reader.time()
        offences.last = reader.time()
        offences.refused = reader.count()
        offences.windows = reader.count()
        offences.warned = reader.flag()
        activity = reader.varint()
        if reader.failed { return nil }
    }

    private static func statistics(_ reader: inout PackedReader) -> ClientStatistics {
        var statistics = ClientStatistics()
        statistics.bucketsAssigned = reader.count()
        statistics.bucketsDone = reader.count()
        statistics.bucketsDead = reader.count()
        statistics.bucketsReleased = reader.count()
        statistics.bucketsHeld = reader.count()
        statistics.unassignedUser = reader.count()
        statistics.notOwnBucket = reader.count()
        statistics.unknownBucket = reader.count()
        statistics.malformed = reader.count()
        statistics.agreeing = reader.count()
        statistics.judged = reader.count()
        for _ in 0..<min(reader.count(), Verdict.allCases.count) {
            guard let verdict = Verdict(rawValue: reader.byte()) else { break }
            statistics.usersByVerdict.append(VerdictCount(verdict: verdict, count: reader.count()))
        }
        return statistics
    }
}
