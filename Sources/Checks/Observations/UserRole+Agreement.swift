import HashRing

/// What one client said about one user, and under which lease.
struct Testimony {
    var client: ClientID
    var lease: LeaseID
    var home: ShardID
    var at: Timestamp
    var row: ObservationRows.Row
}

extension UserRole {
    /// What a lease said, by position.
    func rows(of lease: Lease) throws -> [Int: ObservationRows.Row] {
        var rows: [Int: ObservationRows.Row] = [:]
        for record in try observations.records(of: lease.first) where record.lease == lease.number {
            for row in record.rows { rows[row.position] = row }
        }
        return rows
    }

    /// Everything that was said about a bucket, by position, in order.
    func testimonies(of bucket: TaskKey) throws -> [Int: [Testimony]] {
        var said: [Int: [Testimony]] = [:]
        for record in try observations.records(of: bucket) {
            guard let lease = try leases.find(number: record.lease) else { continue }
            for row in record.rows {
                said[row.position, default: []].append(
                    Testimony(client: lease.client, lease: lease.id, home: lease.home, at: record.at, row: row))
            }
        }
        return said
    }

    /// Everything that was said about a task, and about those it was moved from, in order.
    func testimonies(of key: TaskKey) throws -> [Testimony] {
        var said: [Testimony] = []
        var next: TaskKey? = key
        while let key = next {
            if let (bucket, position) = try standing(of: key).bucket {
                said.insert(contentsOf: try testimonies(of: bucket.first)[position] ?? [], at: 0)
            }
            next = try latest(from: tasks.task(key)?.previous, service: service(of: key))
            if let earlier = next, try standing(of: earlier).outcome != .moved { next = nil }
        }
        return said
    }

    /// Whether `row` completes a verdict: enough distinct clients say the same, none of them followed by the user (N14).
    func agrees(_ row: ObservationRows.Row, _ report: inout ReportInProgress) throws -> Bool {
        let key = report.bucket.first.advanced(by: row.position)
        if report.said == nil { report.said = try testimonies(of: report.bucket.first) }
        let earlier =
            report.bucket.hasEarlier ? try testimonies(of: key) : report.said?[row.position] ?? []
        guard !row.isConditional else { return false }
        // What a client said last is what it says.
        var others: [ClientID: Testimony] = [:]
        for testimony in earlier where testimony.client != report.lease.client { others[testimony.client] = testimony }
        let agreeing = others.values.count { $0.row.verdict == row.verdict && !$0.row.isConditional }
        guard agreeing + 1 >= report.bucket.redundancy else { return false }
        if !others.isEmpty {
            report.judged[report.lease.client, default: Judged()].judged += 1
            report.judged[report.lease.client, default: Judged()].agreeing += 1
            for (client, testimony) in others {
                report.judged[client, default: Judged()].judged += 1
                if testimony.row.verdict == row.verdict { report.judged[client, default: Judged()].agreeing += 1 }
                report.homes[client] = testimony.home
            }
        }
        return true
    }
}
