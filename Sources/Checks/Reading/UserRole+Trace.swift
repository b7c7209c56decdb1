extension UserRole {
    /// Everything that happened to a user, in order: derived from what is stored, so that no event is written twice.
    func trace(_ name: ScreenName, _ page: Page) throws -> QueryResult {
        guard let user = try users.find(name) else { return .refused(.unknownUser) }
        var events = [EventRecord(at: user.added, kind: "added")]
        var known: Set<ServiceName> = []
        for task in try chain(from: user.last).reversed() {
            let service = service(of: task.key)
            let again = !known.insert(service).inserted
            events.append(
                EventRecord(
                    at: try tasks.arrival(of: task.key), kind: again ? "markedAgain" : "marked", service: service,
                    details: [EventRecord.Detail(name: "lane", value: .text(lane(of: task.key).name))]))
            if let (bucket, position) = try standing(of: task.key).bucket {
                events += try trace(task.key, in: bucket, at: position, service: service)
            }
        }
        let ordered = events.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
            .map(\.element)
        return .events(try Listing(all: ordered, page))
    }

    private func trace(
        _ key: TaskKey, in bucket: Bucket, at position: Int, service: ServiceName
    ) throws -> [EventRecord] {
        var events = [EventRecord(at: bucket.formed, kind: "bucketed", service: service)]
        let holders = try leases.leases(covering: key).filter { $0.holds(Int(key.rawValue - $0.first.rawValue)) }
        for (number, lease) in holders.enumerated() {
            func event(_ kind: String, _ at: Timestamp, _ details: [EventRecord.Detail] = []) -> EventRecord {
                EventRecord(
                    at: at, kind: kind, service: service, client: lease.client, lease: lease.id, details: details)
            }
            events.append(event("leased", lease.granted, [.init(name: "attempt", value: .number(lease.attempt))]))
            if let dead = lease.dead { events.append(event("leaseDead", dead)) }
            let said = try testimonies(of: bucket.first)[position]?.filter { $0.lease == lease.id } ?? []
            for testimony in said {
                var details: [EventRecord.Detail] = [.init(name: "verdict", value: .text(testimony.row.verdict.name))]
                if testimony.row.followsChecker { details.append(.init(name: "followsChecker", value: .flag(true))) }
                if let note = testimony.row.note { details.append(.init(name: "note", value: .text(note))) }
                events.append(event("reported", testimony.at, details))
            }
            // A user that was held again had waited again; whoever held it last has decided, if anybody has.
            let isLast = number == holders.count - 1
            if let ended = lease.ended, !isLast || bucket[position].verdict == nil {
                switch lease.state {
                case .live: break
                case .done where isLast && bucket[position] == .failed: break
                case .done: events.append(event("requeued", ended))
                case .releasedByReport, .givenBack: events.append(event("givenBack", ended))
                case .cancelled: events.append(event("leaseCancelled", ended))
                case .expired: events.append(event("leaseExpired", ended))
                }
            }
        }
        if bucket[position] == .failed, let last = events.map(\.at).max() {
            events.append(
                EventRecord(
                    at: last, kind: "failed", service: service,
                    details: [.init(name: "attempt", value: .number(bucket.attempts))]))
        }
        return events
    }
}

extension Listing {
    /// A part of a list that is at hand as a whole; the cursor is a position in it.
    init(all: [Item], _ page: Page) throws {
        var start = 0
        if let cursor = page.after {
            var reader = PackedReader(cursor)
            start = min(reader.count(), all.count)
        }
        let end = min(all.count, start + max(1, page.limit))
        var writer = PackedWriter()
        writer.count(end)
        self.init(items: Array(all[start..<end]), next: end < all.count ? writer.bytes : nil)
    }
}
