import ChaosChecker

extension History {
    /// Two clients, four users, one of them deleted: everything as it should be.
    static var clean: History {
        var history = History(settings: Settings(graceSeconds: 3, shards: 1, replicas: 2))
        history.calls = [
            .on(nil, .register, by: "1", at: 0, .done),
            .on(nil, .register, by: "2", at: 0, .done),
            .operate(.add, ["a", "b", "c", "d", "x"], at: 1, .done),
            .granted("l1", to: "1", ["a", "b"], at: 2),
            .granted("l2", to: "2", ["c", "d"], at: 2.2),
            .operate(.delete, ["x"], at: 3, .done),
            .reported("l1", by: "1", ["a", "b"], at: 4),
            .reported("l2", by: "2", ["c", "d"], at: 5),
        ]
        for (user, client, lease) in [("a", "1", "l1"), ("b", "1", "l1"), ("c", "2", "l2"), ("d", "2", "l2")] {
            history.final.users[user] = .init(
                state: "done",
                verdicts: [.init(verdict: "dm", validFrom: 4, validTo: nil, clients: [client], leases: [lease])])
            history.final.exported.insert(user)
        }
        for client in ["1", "2"] {
            history.final.clients[client] = .init(
                assigned: 1, done: 1, released: 0, held: 0, results: 2, state: "active")
        }
        history.final.hasEnded = true
        history.final.shards["1"] = [.init(node: "n1", digest: "aa"), .init(node: "n2", digest: "aa")]
        return history
    }

    /// The same, and then a lease of one user that the first client gave back, or lost.
    static func oneMore(_ lease: String = "l7", _ users: [String] = ["c"], at time: Double = 30) -> History {
        var history = clean
        history.calls.append(.granted(lease, to: "1", users, at: time))
        history.final.clients["1"]?.assigned += 1
        history.final.clients["1"]?.released += 1
        return history
    }

    /// The same, and then one user in two leases of two clients, which begin at these times and are never heard of again.
    static func twoLeases(at first: Double, _ second: Double) -> History {
        var history = clean
        history.calls += [.granted("l7", to: "1", ["c"], at: first), .granted("l8", to: "2", ["c"], at: second)]
        for client in ["1", "2"] {
            history.final.clients[client]?.assigned += 1
            history.final.clients[client]?.released += 1
        }
        return history
    }
}

extension Call {
    /// A call that took a tenth of a second.
    private static func made(_ kind: Kind, by actor: String, at time: Double, _ outcome: Outcome) -> Call {
        Call(
            actor: actor, node: "n1", kind: kind, start: time, end: time + 0.1, status: outcome == .done ? 200 : nil,
            outcome: outcome)
    }

    static func on(_ lease: String?, _ kind: Kind, by client: String, at time: Double, _ outcome: Outcome) -> Call {
        var call = made(kind, by: client, at: time, outcome)
        call.client = client
        call.lease = lease
        return call
    }

    static func operate(_ kind: Kind, _ users: [String], at time: Double, _ outcome: Outcome) -> Call {
        var call = made(kind, by: "operator", at: time, outcome)
        call.users = users
        return call
    }

    /// A lease of ten seconds.
    static func granted(_ lease: String, to client: String, _ users: [String], at time: Double) -> Call {
        var call = on(nil, .lease, by: client, at: time, .done)
        call.key = lease
        call.asked = 1
        call.grants = [.init(id: lease, service: "dmcheck", grantedAt: time, deadline: time + 10, users: users)]
        return call
    }

    static func reported(_ lease: String, by client: String, _ users: [String], at time: Double) -> Call {
        var call = on(lease, .report, by: client, at: time, .done)
        call.rows = users.map { Row(user: $0, verdict: "dm") }
        call.accepted = users.count
        return call
    }
}

extension History {
    /// These calls and no others in addition.
    func with(_ calls: Call...) -> History {
        var history = self
        history.calls += calls
        return history
    }

    /// A user's verdict, and the end of the one before it.
    mutating func decide(_ user: String, at time: Double, by client: String, under lease: String) {
        let last = (final.users[user]?.verdicts.count ?? 0) - 1
        if last >= 0 { final.users[user]?.verdicts[last].validTo = time }
        final.users[user, default: .init(state: "done", verdicts: [])].verdicts.append(
            .init(verdict: "dm", validFrom: time, validTo: nil, clients: [client], leases: [lease]))
        final.exported.insert(user)
        if final.clients[client]?.results != nil { final.clients[client]?.results? += 1 }
    }
}

extension Checker {
    /// Which invariants a history violates.
    static func invariants(of history: History) -> Set<Violation.Invariant> {
        Set(violations(of: history).map(\.invariant))
    }
}
