/// A kind of check.
public struct Service: Decodable, Hashable, Sendable {
    /// `[a-z][a-z0-9-]{0,31}`.
    public let name: String
    /// What a result says.
    public let schema: String
    /// `active`, `paused` or `revoked`.
    public let state: String
    /// The numbers that can be set, by name.
    public let settings: [String: Int]

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads the three words; every whole number beside them is a setting.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        name = try container.decode(String.self, forKey: Name(stringValue: "name"))
        schema = try container.decode(String.self, forKey: Name(stringValue: "schema"))
        state = try container.decode(String.self, forKey: Name(stringValue: "state"))
        var settings: [String: Int] = [:]
        for key in container.allKeys {
            if let value = try? container.decode(Int.self, forKey: key) { settings[key.stringValue] = value }
        }
        self.settings = settings
    }
}

/// An invitation.
public struct Invite: Decodable, Hashable, Sendable {
    /// What a registration carries in `invite`.
    public let invite: String
    /// When it ends, RFC 3339.
    public let expiresAt: String
}

/// The body of a request for an invitation.
public struct InviteRequest: Codable, Hashable, Sendable {
    /// Registrations that it is good for.
    public var uses: Int
    /// How long it lasts.
    public var expiresInSeconds: Int

    /// A request.
    public init(uses: Int, expiresInSeconds: Int) {
        self.uses = uses
        self.expiresInSeconds = expiresInSeconds
    }
}

/// Why a client is quarantined.
public struct Quarantine: Codable, Hashable, Sendable {
    /// Shown to the client.
    public var reason: String

    /// A reason.
    public init(reason: String) { self.reason = reason }
}
