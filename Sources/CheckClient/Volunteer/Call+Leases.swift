extension Call where Answer == Grant {
    /// Asks for leases. The same `key` with the same request is the same call, however often it is made.
    public static func lease(_ request: LeaseRequest, key: String? = nil) -> Call {
        var call = Call(.POST, "v1", "leases", body: request)
        call.idempotencyKey = key
        call.waitSeconds = request.waitSeconds
        return call
    }
}

extension Call where Answer == Page<Lease> {
    /// The caller's own live leases, each with the users that remain.
    public static var leases: Call { Call(.GET, "v1", "leases") }
}

extension Call where Answer == Lease {
    /// One of the caller's own leases.
    public static func lease(_ id: String) -> Call { Call(.GET, "v1", "leases", id) }
}

extension Call where Answer == Renewal {
    /// Moves a lease's deadline.
    public static func renew(_ lease: String) -> Call { Call(.POST, "v1", "leases", lease, "renew") }
}

extension Call where Answer == Receipt {
    /// Reports on users of a lease.
    public static func report(_ lease: String, _ report: Report) -> Call {
        Call(.POST, "v1", "leases", lease, "results", body: report)
    }
}

extension Call where Answer == Done {
    /// Gives a lease back.
    public static func giveBack(_ lease: String) -> Call { Call(.DELETE, "v1", "leases", lease) }
}
