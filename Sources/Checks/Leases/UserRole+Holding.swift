extension UserRole {
    /// A lease that this client may act on, or why not.
    enum Holding {
        case held(Lease, Bucket)
        /// Ended, but remembered.
        case ended(Lease)
        case refused(CheckRefusal)
    }

    /// The fence: id, client and secret are compared in the same apply as what is done under the lease (I3).
    func holding(_ id: LeaseID, _ client: ClientID, _ secret: SecretHash) throws -> Holding {
        guard let lease = try leases.find(id) else { return .refused(.leaseGone) }
        let isAnyones = context.faults.contains(.acceptStrangers)
        guard lease.client == client || isAnyones else {
            return .refused(lease.isForgotten(at: now) ? .leaseGone : .notYours)
        }
        guard lease.secret.matches(secret) || isAnyones else { return .refused(.unauthenticated) }
        if lease.state == .live || context.faults.contains(.acceptEnded),
            let bucket = try buckets.bucket(at: lease.first)
        {
            return .held(lease, bucket)
        }
        return lease.isForgotten(at: now) ? .refused(.leaseGone) : .ended(lease)
    }

    /// Moves the deadline; a dead lease opens again.
    func renew(_ id: LeaseID, _ client: ClientID, _ secret: SecretHash) throws -> Outcome {
        switch try holding(id, client, secret) {
        case .refused(let refusal): return .refused(refusal)
        case .ended: return .refused(.leaseGone)
        case .held(var lease, var bucket):
            if bucket.open == 0 {
                try end(&lease, &bucket, .done)
                return .refused(.leaseGone)
            }
            let settings = settings(service(of: lease.first))
            let deadline = min(
                now.adding(seconds: settings.leaseSeconds), lease.granted.adding(seconds: settings.maxLeaseSeconds))
            guard deadline > lease.deadline else { return .refused(.renewalTooEarly) }
            lease.deadline = deadline
            try leases.save(lease)
            return .renewed(deadline: deadline)
        }
    }

    /// Gives a lease back; repeating it is no error for 24 hours.
    func giveBack(_ id: LeaseID, _ client: ClientID, _ secret: SecretHash) throws -> Outcome {
        switch try holding(id, client, secret) {
        case .refused(let refusal): return .refused(refusal)
        case .ended(let lease): return lease.state == .givenBack ? .done : .refused(.leaseGone)
        case .held(var lease, var bucket):
            try end(&lease, &bucket, bucket.open == 0 ? .done : .givenBack)
            return .done
        }
    }

    /// Counts leases dead that passed the deadline the leader saw.
    func lapse(_ deadlines: [LeaseDeadline]) throws -> Outcome {
        for seen in deadlines {
            guard var lease = leases.live[seen.lease], lease.deadline == seen.deadline, lease.deadline <= now else {
                continue
            }
            guard var bucket = try buckets.bucket(at: lease.first) else { continue }
            if bucket.open == 0 {
                try end(&lease, &bucket, .done)
            } else {
                try countDead(&lease)
                try leases.save(lease)
            }
        }
        return .done
    }

    /// Ends leases that passed the deadline the leader saw, and the grace period behind it.
    func release(_ deadlines: [LeaseDeadline]) throws -> Outcome {
        for seen in deadlines {
            guard var lease = leases.live[seen.lease], lease.deadline == seen.deadline,
                graceEnd(lease) <= now, var bucket = try buckets.bucket(at: lease.first)
            else { continue }
            if bucket.open > 0 { try countDead(&lease) }
            try end(&lease, &bucket, bucket.open == 0 ? .done : .expired)
        }
        return .done
    }

    /// Until when a dead lease may deliver.
    func graceEnd(_ lease: Lease) -> Timestamp {
        if context.faults.contains(.expireEarly) { return lease.deadline }
        return lease.deadline.adding(seconds: settings(service(of: lease.first)).graceSeconds)
    }

    private func countDead(_ lease: inout Lease) throws {
        guard lease.dead == nil else { return }
        lease.dead = now
        try channels.emit(.leaseDead(client: lease.client, slot: lease.slot, lease: lease.id, at: now), to: lease.home)
    }
}
