import Foundation

extension Volunteer {
    mutating func registered(now: Double) {
        registration.succeeded()
        say(.registered)
        guard case .registering = phase else { return }
        phase = .recollecting
    }

    mutating func registrationFailed(_ error: ClientError, now: Double) {
        guard case .registering = phase else { return }
        let isHopeless =
            switch error {
            case .untrusted, .malformedAnswer: leases.isEmpty
            default: !error.isPassing
            }
        if isHopeless {
            stop(.failed("cannot register: \(error)"), now: now)
        } else {
            registration.failed(retryAfter: error.retryAfter, now: now, jitter: &jitter)
            say(.waiting("cannot register yet: \(error)"))
        }
    }

    /// The cluster does not know this client (any more): it registers and sees what it still holds.
    mutating func registerAgain(after call: VolunteerCall, now: Double) {
        switch call {
        case .lease: leasing.pause(0, now: now)
        case .listLeases: recollection.pause(0, now: now)
        case .renew(let lease): change(lease) { lease, _ in lease.renewal.pause(0, now: now) }
        case .report(let lease, _), .giveBack(let lease):
            change(lease) { lease, _ in
                lease.takeBackRows()
                lease.report.pause(0, now: now)
            }
        case .register: break
        }
        switch phase {
        case .registering, .finished: return
        case .stopping(_, let outcome): finish(outcome)
        case .recollecting, .working:
            guard !isUnknown else {
                stop(
                    .failed("the cluster refuses this client's token right after registering it; use another profile"),
                    now: now)
                return
            }
            isUnknown = true
            say(.registeringAgain)
            phase = .registering
        }
    }

    /// Goes on with the leases held: after a crash those of the last run, after registering again those that are left.
    mutating func recollected(_ listed: [Lease], now: Double) {
        recollection.succeeded()
        guard case .recollecting = phase else { return }
        isUnknown = false
        phase = .working
        let listedIDs = Set(listed.map(\.id))
        for lease in leases where !listedIDs.contains(lease.id) && lease.reporting.isEmpty {
            lose(lease.id, "it is not among the client's leases any more")
        }
        let heldIDs = Set(leases.map(\.id))
        let resumed = listed.filter { !heldIDs.contains($0.id) }
        guard !resumed.isEmpty else { return }
        for lease in resumed { hold(lease, now: now) }
        say(.resumed(leases: resumed.count, users: resumed.reduce(0) { $0 + $1.users.count }))
    }

    mutating func hold(_ lease: Lease, now: Double) {
        let deadline = lease.deadline.timeIntervalSince1970 - clockOffset
        var held = HeldLease(lease, deadline: deadline, now: now)
        // Its users were deleted meanwhile: the next call ends it.
        held.releasing = lease.users.isEmpty
        leases.append(held)
        totals.leases += 1
    }
}
