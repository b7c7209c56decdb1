import Checks
import HashRing

extension Coordinator {
    /// Begins a call about services, settings and invites.
    mutating func beginRegistryCall(_ id: RequestID, _ request: Request) {
        switch request {
        case .services(let caller): query(id, caller) { .success(.services($0.services)) }
        case .service(let caller, let name):
            query(id, caller) { registry in
                guard let service = registry.service(name) else { return .failure(.notFound("no such service")) }
                return .success(.service(service, created: false))
            }
        case .settings(let caller): query(id, caller) { .success(.settings($0.settings)) }
        case .putService(let caller, let name, let change): put(id, caller, name, change)
        case .setServiceState(let caller, let name, let state):
            change(id, caller, .setServiceState(name, state), answer: .done)
        case .putSettings(let caller, let settings):
            change(id, caller, .putSettings(settings), answer: .settings(settings))
        case .patchSettings(let caller, let settings):
            if isOperator(id, caller) {
                start(id, RegistryCall(request: id, command: .patchSettings(settings), answer: .done))
            }
        case .createInvite(let caller, let uses, let seconds): invite(id, caller, uses, seconds)
        default: refuseAtOnce(id, .notFound("no such call"))
        }
    }

    private mutating func query(
        _ id: RequestID, _ caller: Caller, _ answer: @escaping @Sendable (Registry) -> Result<Response, Refusal>
    ) {
        if isOperator(id, caller) { start(id, RegistryQuery(request: id, answer: answer)) }
    }

    private mutating func change(
        _ id: RequestID, _ caller: Caller, _ command: RegistryCommand, answer: Response
    ) {
        if isOperator(id, caller) { start(id, RegistryCall(request: id, command: command, answer: answer)) }
    }

    private mutating func put(_ id: RequestID, _ caller: Caller, _ name: ServiceName, _ change: ServiceChange) {
        guard isOperator(id, caller) else { return }
        for setting in change.settings where !setting.name.allowed.contains(setting.value) {
            let range = setting.name.allowed
            return refuseAtOnce(
                id,
                .invalidFields(
                    field: setting.name.rawValue, detail: "\(range.lowerBound) to \(range.upperBound)"))
        }
        if let contradiction = contradiction(in: change, of: name) { return refuseAtOnce(id, contradiction) }
        start(id, RegistryCall(request: id, command: .putService(name, change), answer: .done))
    }

    /// A lease that is longer than it may ever become could not be renewed once. Judged by what this node knows of the
    /// service: two changes at once may still come to it, and then a lease is granted for as long as it may be.
    private func contradiction(in change: ServiceChange, of name: ServiceName) -> Refusal? {
        let named = Set(change.settings.map(\.name))
        guard named.contains(.leaseSeconds) || named.contains(.maxLeaseSeconds) else { return nil }
        var settings = node.registry.service(name)?.settings ?? ServiceSettings()
        for setting in change.settings { settings[keyPath: setting.name.keyPath] = setting.value }
        guard settings.leaseSeconds > settings.maxLeaseSeconds else { return nil }
        return named.contains(.leaseSeconds)
            ? .invalidFields(
                field: "leaseSeconds", detail: "It is at most maxLeaseSeconds, which is \(settings.maxLeaseSeconds).")
            : .invalidFields(
                field: "maxLeaseSeconds", detail: "It is at least leaseSeconds, which is \(settings.leaseSeconds).")
    }

    /// An invite is 128 random bits; its text leaves once, with the answer, and only its digest is kept.
    private mutating func invite(_ id: RequestID, _ caller: Caller, _ uses: Int, _ seconds: Int) {
        guard isOperator(id, caller) else { return }
        guard (1...Limits.usesPerInvite).contains(uses) else {
            return refuseAtOnce(id, .invalidFields(field: "uses", detail: "1 to \(Limits.usesPerInvite)"))
        }
        guard (1...Limits.inviteSeconds).contains(seconds) else {
            return refuseAtOnce(id, .invalidFields(field: "expiresInSeconds", detail: "1 to \(Limits.inviteSeconds)"))
        }
        start(id, InviteCreation(request: id, uses: uses, expiresAt: node.now.wall.adding(seconds: seconds)))
    }
}

extension ServiceSettingName {
    /// The values that a setting may take: durations at most a year, a bucket no larger than what one command touches.
    package var allowed: ClosedRange<Int> {
        switch self {
        case .bucketSize: minimum...Limits.rowsPerCommand
        case .redundancy: minimum...16
        case .maxAttempts, .maxDepth: minimum...100
        case .maxOutstanding: minimum...Limits.leasesPerRequest
        case .leaseSeconds, .graceSeconds, .maxLeaseSeconds, .maxWaitSeconds, .epochSeconds, .coolDownSeconds:
            minimum...Limits.inviteSeconds
        case .dailyBudget, .maxConnections: minimum...1_000_000_000
        }
    }
}
