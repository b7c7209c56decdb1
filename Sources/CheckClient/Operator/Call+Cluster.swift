extension Call where Answer == Cluster {
    /// Members, shards and how they are.
    public static func cluster(digest: Bool = false) -> Call {
        Call(.GET, "v1", "cluster").asking("digest", digest ? true : nil)
    }
}

extension Call where Answer == Done {
    /// Moves everything away from a node; it stays a member.
    public static func drainNode(_ name: String) -> Call { Call(.POST, "v1", "nodes", name, "drain") }

    /// Moves everything away from a node, and then takes it out of the cluster.
    public static func removeNode(_ name: String) -> Call { Call(.DELETE, "v1", "nodes", name) }

    /// Has a node lead a shard, with a replica there first if it must.
    public static func moveShard(_ id: String, to node: String) -> Call {
        Call(.POST, "v1", "shards", id, "move", body: ShardMove(to: node))
    }
}

extension Call where Answer == JoinToken {
    /// Makes a token with which new nodes join.
    public static func createJoinToken(_ request: JoinTokenRequest) -> Call {
        Call(.POST, "v1", "join-tokens", body: request)
    }
}

extension Call where Answer == Stats {
    /// The cluster's figures.
    public static var stats: Call { Call(.GET, "v1", "stats") }
}

extension Call where Answer == Page<AdvertisedLimit> {
    /// The limits that the cluster advertises.
    public static var limits: Call { Call(.GET, "v1", "limits") }
}

extension Call where Answer == Invite {
    /// Makes an invitation.
    public static func createInvite(_ request: InviteRequest) -> Call { Call(.POST, "v1", "invites", body: request) }
}

extension Call where Answer == Settings {
    /// The settings of the whole cluster.
    public static var settings: Call { Call(.GET, "v1", "settings") }

    /// Changes the settings that are named, by their names in the interface; nested ones as objects.
    public static func changeSettings(_ changes: JSONValue) -> Call { Call(.PATCH, "v1", "settings", body: changes) }
}

extension Call where Answer == Done {
    /// The process runs.
    public static var health: Call { Call(.GET, "healthz") }

    /// The node can serve.
    public static var readiness: Call { Call(.GET, "readyz") }
}

extension Call where Answer == JSONValue {
    /// The interface as OpenAPI 3.1.
    public static var openAPI: Call { Call(.GET, "openapi.json") }
}
