/// What a new node needs besides an address: it carries the authority's fingerprint and a secret.
public struct JoinToken: Decodable, Hashable, Sendable {
    /// The text that `dmcheck start --join-token-file` reads; it is not shown again.
    public let token: String
    /// When it ends, RFC 3339.
    public let expiresAt: String
}

/// The body of a request for a join token.
public struct JoinTokenRequest: Codable, Hashable, Sendable {
    /// Nodes that may use it.
    public var uses: Int
    /// How long it lasts.
    public var expiresInSeconds: Int

    /// A request.
    public init(uses: Int, expiresInSeconds: Int) {
        self.uses = uses
        self.expiresInSeconds = expiresInSeconds
    }
}

/// The body of a request to move a shard.
struct ShardMove: Codable, Hashable, Sendable {
    /// The node that is to lead it.
    var to: String
}
