extension HomeClient {
    /// The record as it is stored. Fields are only ever appended.
    func packed() -> [UInt8] {
        var writer = PackedWriter(capacity: 160)
        writer.text(screenName)
        writer.raw(secret.bytes)
        writer.optionalText(reason)
        writer.optionalTime(throttledUntil)
        writer.varint(generation)
        writer.flag(endsInReset)
        writer.time(firstRegisteredAt)
        writer.time(lastRegisteredAt)
        writer.time(lastAccessAt)
        writer.count(capability.usersPerWindow)
        writer.count(capability.windowSeconds)
        writer.count(capability.maxBuckets ?? 0)
        writer.flag(capability.services != nil)
        writer.count(capability.services?.count ?? 0)
        for service in capability.services ?? [] { writer.text(service.text) }
        for value in [counters.assigned, counters.done, counters.dead, counters.released] { writer.count(value) }
        for list in [counters.verdicts, counters.faults] {
            writer.count(list.count)
            for value in list { writer.count(value) }
        }
        writer.count(counters.agreeing)
        writer.count(counters.judged)
        writer.count(window.bins.count)
        for bin in window.bins {
            writer.time(bin.first)
            writer.time(bin.last)
            writer.count(bin.users)
        }
        for value in [conduct.ended, conduct.dead, conduct.refused, conduct.strikes] { writer.count(value) }
        writer.time(conduct.refusedFrom)
        writer.time(conduct.strikeAt)
        return writer.bytes
    }

    /// Reads a stored record.
    ///
    /// - Throws: ``CommandDecodingError`` when it is not one.
    init(id: ClientID, standing: Int64, packed bytes: [UInt8]) throws {
        var reader = PackedReader(bytes)
        let screenName = reader.text()
        let secret = SecretHash(Array(reader.raw(32)))
        let reason = reader.optionalText()
        let throttledUntil = reader.optionalTime()
        let generation = reader.varint()
        let endsInReset = reader.flag()
        let (first, last, access) = (reader.time(), reader.time(), reader.time())
        var capability = Capability(usersPerWindow: reader.count(), windowSeconds: reader.count())
        let maxBuckets = reader.count()
        capability.maxBuckets = maxBuckets == 0 ? nil : maxBuckets
        let hasServices = reader.flag()
        let services = (0..<min(reader.count(), 1024)).map { _ in ServiceName(stored: reader.text()) }
        capability.services = hasServices ? services : nil
        guard let secret, let standing = Standing(rawValue: standing) else {
            throw CommandDecodingError.malformed("a client's record")
        }
        self.init(
            id: id, screenName: screenName, secret: secret, capability: capability, first: first, last: last,
            access: access)
        self.standing = standing
        self.reason = reason
        self.throttledUntil = throttledUntil
        self.generation = generation
        self.endsInReset = endsInReset
        counters.assigned = reader.count()
        counters.done = reader.count()
        counters.dead = reader.count()
        counters.released = reader.count()
        counters.verdicts = Self.list(&reader, atLeast: Verdict.allCases.count)
        counters.faults = Self.list(&reader, atLeast: ClientFault.allCases.count)
        counters.agreeing = reader.count()
        counters.judged = reader.count()
        window = UsageWindow(
            bins: (0..<min(reader.count(), 128)).map { _ in
                UsageWindow.Bin(first: reader.time(), last: reader.time(), users: reader.count())
            })
        conduct.ended = reader.count()
        conduct.dead = reader.count()
        conduct.refused = reader.count()
        conduct.strikes = reader.count()
        conduct.refusedFrom = reader.time()
        conduct.strikeAt = reader.time()
        if reader.failed { throw CommandDecodingError.malformed("a client's record") }
    }

    private static func list(_ reader: inout PackedReader, atLeast count: Int) -> [Int] {
        var list = (0..<min(reader.count(), 256)).map { _ in reader.count() }
        while list.count < count { list.append(0) }
        return list
    }
}
