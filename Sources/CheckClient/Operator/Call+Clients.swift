extension Call where Answer == Page<Client> {
    /// All clients.
    public static var clients: Call { Call(.GET, "v1", "clients") }
}

extension Call where Answer == Client {
    /// A client and its statistics.
    public static func client(_ id: String) -> Call { Call(.GET, "v1", "clients", id) }

    /// Registers a client, for the first time or again.
    public static func register(_ id: String, _ registration: Registration) -> Call {
        Call(.PUT, "v1", "clients", id, body: registration)
    }
}

extension Call where Answer == Done {
    /// Unregisters a client; its leases end as if given back.
    public static func unregister(_ id: String) -> Call { Call(.DELETE, "v1", "clients", id) }

    /// Lets a client take no more leases.
    public static func quarantine(_ id: String, reason: String) -> Call {
        Call(.POST, "v1", "clients", id, "quarantine", body: Quarantine(reason: reason))
    }

    /// Lets a client take leases again.
    public static func reinstate(_ id: String) -> Call { Call(.POST, "v1", "clients", id, "reinstate") }

    /// Ends a client's leases and lets its id register with a new secret and screen name.
    public static func reset(_ id: String) -> Call { Call(.POST, "v1", "clients", id, "reset") }
}
