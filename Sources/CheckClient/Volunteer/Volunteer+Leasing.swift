import Foundation

extension Volunteer {
    /// Leases worth asking for: one for each worker that has nothing more to hand out.
    var wantedLeases: Int {
        guard noMoreLeases == nil else { return 0 }
        let supplied = leases.count { !$0.waiting.isEmpty }
        return max(0, min(configuration.workers - supplied, min(cap, configuration.workers * 2) - leases.count))
    }

    mutating func askForLeases(now: Double) {
        guard leasing.isReady(now), wantedLeases > 0, window.available(now: now) > 0 else { return }
        if leaseRequest == nil {
            leaseRequests += 1
            leaseRequest = (
                LeaseRequest(
                    service: configuration.service, count: wantedLeases, waitSeconds: Limits.leaseWaitSeconds),
                "\(configuration.keyPrefix)-\(leaseRequests)"
            )
        }
        guard let leaseRequest else { return }
        leasing.begin()
        call(.lease(leaseRequest.request, key: leaseRequest.key))
    }

    mutating func granted(_ grant: Grant, now: Double) {
        leasing.succeeded()
        leaseRequest = nil
        cap = max(1, grant.cap)
        let heldIDs = Set(leases.map(\.id))
        let new = grant.leases.filter { !heldIDs.contains($0.id) }
        for lease in new { hold(lease, now: now) }
        if !new.isEmpty {
            say(.granted(leases: new.count, users: new.reduce(0) { $0 + $1.users.count }))
        } else {
            leasing.pause(grant.retryAfterSeconds ?? 1, now: now)
        }
    }

    mutating func leasingFailed(_ error: ClientError, now: Double) {
        if case .stopping = phase, error.isPassing {
            // Whether something was granted is not known; the lease would expire by itself.
            leasing.succeeded()
            return
        }
        switch error.slug {
        case "quarantined":
            leasing.pause(Limits.quarantinePauseSeconds, now: now)
            say(.waiting("\(error)"))
        case "idempotency-mismatch":
            leaseRequest = nil
            leasing.failed(retryAfter: nil, now: now, jitter: &jitter)
        default:
            if error.isPassing {
                leasing.failed(retryAfter: error.retryAfter, now: now, jitter: &jitter)
                say(.waiting("no lease yet: \(error)"))
            } else {
                leasing.succeeded()
                leaseRequest = nil
                noMoreLeases = "no more leases: \(error)"
            }
        }
    }

    mutating func renewLeases(now: Double) {
        for place in leases.indices {
            let lease = leases[place]
            guard lease.renewable, !lease.isChecked, now >= lease.renewAt, lease.renewal.isReady(now) else { continue }
            leases[place].renewal.begin()
            call(.renew(lease: lease.id))
        }
    }

    mutating func renewed(_ lease: String, _ renewal: Renewal, now: Double) {
        let deadline = renewal.deadline.timeIntervalSince1970 - clockOffset
        change(lease) { lease, _ in
            lease.renewal.succeeded()
            // The lease's last hour: asking again would move nothing.
            if deadline < lease.deadline + 1, lease.deadline > now { lease.renewable = false }
            lease.extend(to: deadline, now: now)
        }
    }

    mutating func renewalFailed(_ lease: String, _ error: ClientError, now: Double) {
        if error.slug == "conflict" {
            change(lease) { lease, _ in
                lease.renewal.succeeded()
                lease.renewable = false
            }
        } else if error.isPassing {
            change(lease) { $0.renewal.failed(retryAfter: error.retryAfter, now: now, jitter: &$1) }
        } else {
            lose(lease, "\(error)")
        }
    }
}
