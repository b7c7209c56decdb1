extension UserRole {
    /// Takes a holder's rows, one by one; the last one ends the lease.
    func report(
        _ id: LeaseID, _ client: ClientID, _ secret: SecretHash, rows: [ReportedResult], release: Bool
    ) throws -> Outcome {
        switch try holding(id, client, secret) {
        case .refused(let refusal):
            totals.resultsDiscarded += rows.count
            return .refused(refusal)
        case .ended(let lease): return try replay(lease, rows, release: release)
        case .held(var lease, var bucket):
            var report = ReportInProgress(
                lease: lease, bucket: bucket, users: try bucketUsers(bucket), service: service(of: lease.first))
            for (row, result) in rows.enumerated() { try judge(result, row: row, &report) }
            bucket = report.bucket
            try store(report, &lease)
            var receipt = report.receipt
            receipt.remaining = bucket.open
            if receipt.remaining == 0 || release {
                try end(&lease, &bucket, receipt.remaining == 0 ? .done : .releasedByReport)
                receipt.state = receipt.remaining == 0 ? .done : .released
            } else if !report.rows.isEmpty {
                try buckets.save(bucket)
                try leases.save(lease)
            }
            return .reported(receipt)
        }
    }

    /// A repeated report on a lease that its holder's results ended: what it took is `replayed`, anything else is gone.
    private func replay(_ lease: Lease, _ rows: [ReportedResult], release: Bool) throws -> Outcome {
        guard lease.state == .done || lease.state == .releasedByReport, let bucket = try buckets.bucket(at: lease.first)
        else {
            totals.resultsDiscarded += rows.count
            return .refused(.leaseGone)
        }
        let users = try bucketUsers(bucket)
        let taken = try self.rows(of: lease)
        var receipt = ReportReceipt()
        receipt.state = lease.state == .done ? .done : .released
        for (row, result) in rows.enumerated() {
            if let position = users.position(of: result.screenName, hint: row) {
                guard let said = taken[position], said.agrees(with: result) else { return .refused(.leaseGone) }
                receipt.replayed += 1
                if context.faults.contains(.countReplays) { try countAgain(result.verdict, of: lease) }
            } else if try wasDeleted(result.screenName, from: lease, users) {
                receipt.discarded += 1
            } else {
                return .refused(.leaseGone)
            }
        }
        if lease.state == .releasedByReport {
            receipt.remaining = users.entries.indices.count {
                lease.holds($0) && taken[$0] == nil && users.entries[$0].user != nil
            }
        }
        return .reported(receipt)
    }

    /// What ``PlantedFault/countReplays`` does.
    private func countAgain(_ verdict: Verdict, of lease: Lease) throws {
        try channels.emit(
            .resultsAccepted(
                client: lease.client, counts: [VerdictCount(verdict: verdict, count: 1)], agreeing: 0, judged: 0,
                at: now), to: lease.home)
    }

    private func judge(_ result: ReportedResult, row: Int, _ report: inout ReportInProgress) throws {
        guard let position = report.users.position(of: result.screenName, hint: row),
            report.lease.holds(position)
        else {
            if try wasDeleted(result.screenName, from: report.lease, report.users) {
                report.receipt.discarded += 1
                totals.resultsDiscarded += 1
            } else {
                report.reject(row, .notInBucket)
            }
            return
        }
        guard report.bucket[position].isOpen else {
            if try report.taken(position, by: self)?.agrees(with: result) == true {
                report.receipt.replayed += 1
            } else {
                report.reject(row, .conflictsWithEarlier)
            }
            return
        }
        if let note = result.note, note.utf8.count > Limits.noteLength {
            report.reject(row, .malformedRow)
            return
        }
        if let stated = result.accountID, let known = report.users.entries[position].user?.accountID, stated != known {
            try users.flagRenamed(report.users.entries[position].uid)
            report.reject(row, .accountMismatch)
            return
        }
        try take(
            ObservationRows.Row(
                position: position, verdict: result.verdict, followsChecker: result.followsChecker,
                checkedAt: result.checkedAt, note: result.note), &report)
    }

    /// Takes one row: it makes a verdict, or the position waits for another client.
    private func take(_ row: ObservationRows.Row, _ report: inout ReportInProgress) throws {
        let position = row.position
        report.rows.append(row)
        report.receipt.accepted += 1
        report.accepted[Int(row.verdict.rawValue)] += 1
        let alone = report.bucket.redundancy <= 1 && !report.bucket.observed && !row.isConditional
        let made = try alone || agrees(row, &report)
        guard made else {
            report.bucket[position].reported = true
            if row.isConditional { report.bucket[position].makeConditional(row.verdict) }
            return
        }
        report.bucket[position] = .verdict(row.verdict)
        report.verdicts[Int(row.verdict.rawValue)] += 1
        if report.bucket.hasEarlier {
            let key = report.bucket.first.advanced(by: position)
            if let old = try verdict(from: tasks.task(key)?.previous, service: report.service) {
                report.replaced[Int(old.rawValue)] += 1
            }
        }
    }

    /// Writes what a report took: one record, whatever its size.
    private func store(_ report: ReportInProgress, _ lease: inout Lease) throws {
        if !report.rows.isEmpty {
            lease.reported = true
            let rows = report.rows.sorted { $0.position < $1.position }
            try observations.add(bucket: lease.first, lease: lease.number, at: now, rows: rows)
            totals.resultsAccepted += rows.count
            let finished = report.verdicts.reduce(0, +)
            queues.count(report.service) {
                $0.leased -= finished
                $0.done += finished
                for verdict in $0.byVerdict.indices {
                    $0.byVerdict[verdict] += report.verdicts[verdict] - report.replaced[verdict]
                }
            }
            let counts = Verdict.allCases.compactMap { verdict -> VerdictCount? in
                let count = report.accepted[Int(verdict.rawValue)]
                return count > 0 ? VerdictCount(verdict: verdict, count: count) : nil
            }
            let own = report.judged[lease.client] ?? Judged()
            try channels.emit(
                .resultsAccepted(
                    client: lease.client, counts: counts, agreeing: own.agreeing, judged: own.judged, at: now),
                to: lease.home)
            for client in report.judged.keys.sorted() where client != lease.client {
                guard let other = report.judged[client], let home = report.homes[client] else { continue }
                try channels.emit(
                    .resultsAccepted(
                        client: client, counts: [], agreeing: other.agreeing, judged: other.judged, at: now),
                    to: home)
            }
        }
        let strangers = report.receipt.rejected.count { $0.reason == .notInBucket }
        if strangers > 0 {
            try channels.emit(
                .faults(client: lease.client, fault: .unassignedUser, count: strangers, lease: lease.id, at: now),
                to: lease.home)
        }
    }

    /// Whether a name that is not in the bucket is that of a user that was, until it was deleted.
    private func wasDeleted(_ name: ScreenName, from lease: Lease, _ users: BucketUsers) throws -> Bool {
        let gone = try tombstones.deleted(name)
        guard !gone.isEmpty else { return false }
        return users.entries.enumerated().contains { lease.holds($0.offset) && gone.contains($0.element.uid) }
    }
}
