extension Call where Answer == ImportOutcome {
    /// Adds users, at most 18,000 in one call; ``ClusterClient/importUsers(_:format:mark:)`` takes any number.
    public static func addUsers(_ users: [UserReference], mark: Mark? = nil) -> Call {
        Call(.POST, "v1", "users", body: Addition(users: users, mark: mark))
    }
}

extension Call where Answer == Page<UserRow> {
    /// The users, filtered by what is not `nil`.
    public static func users(
        service: String? = nil, state: String? = nil, priority: String? = nil, prefix: String? = nil
    ) -> Call {
        Call(.GET, "v1", "users").asking("service", service).asking("state", state).asking("priority", priority)
            .asking("prefix", prefix)
    }
}

extension Call where Answer == UserRecord {
    /// All that is known of a user, now or at a moment (RFC 3339).
    public static func user(_ screenName: String, asOf: String? = nil) -> Call {
        Call(.GET, "v1", "users", screenName).asking("asOf", asOf)
    }
}

extension Call where Answer == Page<Event> {
    /// Everything that happened to a user, in order.
    public static func userEvents(_ screenName: String) -> Call { Call(.GET, "v1", "users", screenName, "events") }

    /// What a client did, in order, between two moments (RFC 3339).
    public static func clientActivity(_ id: String, from: String? = nil, to: String? = nil) -> Call {
        Call(.GET, "v1", "clients", id, "activity").asking("from", from).asking("to", to)
    }
}

extension Call where Answer == Done {
    /// Deletes a user and what is known of it.
    public static func deleteUser(_ screenName: String) -> Call { Call(.DELETE, "v1", "users", screenName) }
}

extension Call where Answer == MarkOutcome {
    /// Marks users to be checked.
    public static func mark(_ marking: Marking) -> Call { Call(.POST, "v1", "marks", body: marking) }
}

extension Call where Answer == RecheckOutcome {
    /// Has users checked again.
    public static func recheck(_ marking: Marking) -> Call { Call(.POST, "v1", "rechecks", body: marking) }
}

extension Call where Answer == Counts {
    /// How many tasks of a service stand where.
    public static func counts(service: String? = nil) -> Call {
        Call(.GET, "v1", "counts").asking("service", service)
    }
}
