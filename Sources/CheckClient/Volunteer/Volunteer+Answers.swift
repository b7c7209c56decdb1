import Foundation

extension Volunteer {
    /// Takes the answer to a call.
    mutating func absorb(_ answer: VolunteerAnswer, to call: VolunteerCall, now: Double) {
        if case .failed(let error) = answer {
            absorb(error, to: call, now: now)
            return
        }
        switch (call, answer) {
        case (.register, .registered): registered(now: now)
        case (.listLeases, .leases(let listed)): recollected(listed, now: now)
        case (.lease, .granted(let grant)): granted(grant, now: now)
        case (.renew(let lease), .renewed(let renewal)): renewed(lease, renewal, now: now)
        case (.report(let lease, _), .received(let receipt)): reported(lease, receipt, now: now)
        case (.giveBack(let lease), .givenBack): remove(lease)
        default: assertionFailure("an answer fits its call")
        }
    }

    private mutating func absorb(_ error: ClientError, to call: VolunteerCall, now: Double) {
        if error.slug == "unauthenticated", call != .register {
            registerAgain(after: call, now: now)
            return
        }
        let retryAfter = error.retryAfter
        switch call {
        case .register: registrationFailed(error, now: now)
        case .listLeases:
            recollection.failed(retryAfter: retryAfter, now: now, jitter: &jitter)
            say(.waiting("cannot list the leases held: \(error)"))
        case .lease: leasingFailed(error, now: now)
        case .renew(let lease): renewalFailed(lease, error, now: now)
        case .report(let lease, let report): reportFailed(lease, report, error, now: now)
        case .giveBack(let lease):
            if error.isPassing {
                change(lease) { $0.report.failed(retryAfter: retryAfter, now: now, jitter: &$1) }
            } else {
                remove(lease)
            }
        }
    }

    /// Changes a lease, if it is still held.
    mutating func change(_ lease: String, _ body: (inout HeldLease, inout SplitMix64) -> Void) {
        guard let place = leases.firstIndex(where: { $0.id == lease }) else { return }
        body(&leases[place], &jitter)
    }

    /// Forgets a lease that ended as it should.
    mutating func remove(_ lease: String) {
        guard let place = leases.firstIndex(where: { $0.id == lease }) else { return }
        let ended = leases.remove(at: place)
        if !ended.isChecked { abandonSession(of: lease) }
    }

    /// Forgets a lease that is gone, and ends its session.
    mutating func lose(_ lease: String, _ reason: String) {
        guard let place = leases.firstIndex(where: { $0.id == lease }) else { return }
        let lost = leases.remove(at: place)
        say(.leaseLost(lease: lease, unreported: lost.unreported, reason))
        abandonSession(of: lease)
    }

    /// When the volunteer has to do something by itself.
    mutating func planWake(now: Double) {
        var moments: [Double] = []
        switch phase {
        case .registering: moments += [registration.readyAt].compactMap(\.self)
        case .recollecting: moments += [recollection.readyAt].compactMap(\.self)
        case .working: moments += workMoments(now: now)
        case .stopping(let until, _): moments += [until] + leases.compactMap(\.report.readyAt)
        case .finished: return
        }
        // What could be done now was done before; only what is still to come needs a wake.
        guard let next = moments.filter({ $0 > now }).min(), next != wakeAt else { return }
        wakeAt = next
        effects.append(.wake(at: next))
    }

    private func workMoments(now: Double) -> [Double] {
        var moments: [Double] = []
        for lease in leases {
            if lease.renewable, !lease.isChecked, let ready = lease.renewal.readyAt {
                moments.append(max(lease.renewAt, ready))
            }
            if let ready = lease.report.readyAt {
                if lease.isChecked { moments.append(ready) }
                if let due = lease.reportAt { moments.append(max(due, ready)) }
            }
            if case .none(let notBefore) = lease.session, !lease.waiting.isEmpty, notBefore > now {
                moments.append(notBefore)
            }
        }
        let waitsForWindow = leases.contains { !$0.waiting.isEmpty && $0.inHand.count < Limits.usersInHand }
        let next = window.nextMoment(now: now)
        if waitsForWindow, next > now { moments.append(next) }
        if wantedLeases > 0, let ready = leasing.readyAt { moments.append(max(ready, next)) }
        return moments
    }
}

extension ClientError {
    /// When the node says to come back.
    var retryAfter: Double? {
        if case .refused(let problem) = self { problem.retryAfterSeconds } else { nil }
    }

    /// The same call may succeed later.
    package var isPassing: Bool {
        switch self {
        case .refused(let problem): problem.status == 429 || problem.status == 408 || problem.status >= 500
        case .unreachable, .untrusted, .malformedAnswer, .cancelled: true
        case .badInput: false
        }
    }
}
