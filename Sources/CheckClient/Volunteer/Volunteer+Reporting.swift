extension Volunteer {
    /// Sends the reports that are due: by count, by age, when a lease is checked, and everything when stopping.
    mutating func reportLeases(now: Double, stopping: Bool) {
        for place in leases.indices {
            let lease = leases[place]
            guard lease.report.isReady(now), lease.isReportDue(now: now, stopping: stopping) else { continue }
            let isLast = lease.isChecked && lease.rows.count <= Limits.largestReport
            let release =
                (stopping && lease.rows.count <= Limits.largestReport)
                || (isLast && (lease.releasing || lease.unanswered > 0))
            if stopping, lease.rows.isEmpty {
                leases[place].report.begin()
                call(.giveBack(lease: lease.id))
                continue
            }
            guard !lease.rows.isEmpty || release else { continue }
            leases[place].reporting = Array(lease.rows.prefix(Limits.largestReport))
            leases[place].rows.removeFirst(leases[place].reporting.count)
            leases[place].report.begin()
            call(.report(lease: lease.id, Report(results: leases[place].reporting.map(\.result), release: release)))
        }
    }

    mutating func reported(_ lease: String, _ receipt: Receipt, now: Double) {
        totals.accepted += receipt.accepted + receipt.replayed
        totals.refused += receipt.rejected.count
        for row in receipt.rejected { say(.rowRefused(screenName: row.screenName, reason: row.reason)) }
        say(.reported(accepted: receipt.accepted, remaining: receipt.remaining))
        change(lease) { lease, _ in
            lease.report.succeeded()
            lease.reporting = []
            // Everything was said, and the cluster still waits for something: it will not come from here.
            if lease.isChecked, lease.rows.isEmpty { lease.releasing = true }
        }
        if receipt.state != "open" { remove(lease) }
    }

    mutating func reportFailed(_ lease: String, _ report: Report, _ error: ClientError, now: Double) {
        if error.isPassing {
            change(lease) { lease, jitter in
                lease.takeBackRows()
                lease.report.failed(retryAfter: error.retryAfter, now: now, jitter: &jitter)
            }
            say(.waiting("a report waits: \(error)"))
            return
        }
        switch error {
        case .refused(let problem) where [400, 413, 415, 422].contains(problem.status) && !report.results.isEmpty:
            say(.reportRefused(rows: report.results.count, "\(error)"))
            change(lease) { lease, _ in
                lease.report.succeeded()
                lease.unanswered += lease.reporting.count
                lease.reporting = []
            }
        default: lose(lease, "\(error)")
        }
    }

    /// Stops: what the checker has now is dropped, what it found is reported, the rest is given back.
    mutating func stop(_ outcome: VolunteerOutcome, now: Double) {
        switch phase {
        case .stopping(let until, let first):
            // Whoever stops a process group may well send the same wish twice at once.
            if now >= until - Limits.stopSeconds + Limits.secondStopSeconds { finish(first) }
        case .finished: break
        case .registering, .recollecting, .working:
            for lease in leases { abandonSession(of: lease.id) }
            if !leasing.inFlight { leaseRequest = nil }
            phase = .stopping(until: now + Limits.stopSeconds, outcome)
        }
    }
}

extension HeldLease {
    /// The report did not arrive, as far as is known: its rows leave again with the next.
    mutating func takeBackRows() {
        rows = reporting + rows
        reporting = []
    }
}
