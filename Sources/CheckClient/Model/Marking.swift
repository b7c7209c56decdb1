/// Which users a marking or a re-check is about, as the body says it.
public enum UserSelection: Hashable, Sendable {
    /// These users.
    case names([String])
    /// Every user that was never marked for the service (markings only).
    case unmarked
    /// Every user whose verdict is older than so many seconds (re-checks only).
    case olderThan(seconds: Int)
}

/// The body of `POST /v1/marks` and `POST /v1/rechecks`.
public struct Marking: Encodable, Hashable, Sendable {
    /// The service; left out: `dmcheck`.
    public var service: String?
    /// `normal` or `urgent`.
    public var priority: String?
    /// Who.
    public var selection: UserSelection

    /// A marking.
    public init(service: String? = nil, priority: String? = nil, selection: UserSelection) {
        self.service = service
        self.priority = priority
        self.selection = selection
    }

    private enum CodingKeys: String, CodingKey { case service, priority, users, olderThanSeconds }

    /// Writes the fields that the selection stands for.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(service, forKey: .service)
        try container.encodeIfPresent(priority, forKey: .priority)
        switch selection {
        case .names(let names): try container.encode(names, forKey: .users)
        case .unmarked: try container.encode("unmarked", forKey: .users)
        case .olderThan(let seconds): try container.encode(seconds, forKey: .olderThanSeconds)
        }
    }
}

/// What a marking did.
public struct MarkOutcome: Decodable, Hashable, Sendable {
    /// New tasks.
    public let marked: Int
    /// Users marked before, those raised to urgent included.
    public let already: Int
    /// Names that nobody added.
    public let unknown: [String]
}

/// What a re-check did.
public struct RecheckOutcome: Decodable, Hashable, Sendable {
    /// Tasks that start again.
    public let requeued: Int
    /// Tasks that were waiting or running.
    public let running: Int
    /// Names that nobody added.
    public let unknown: [String]
}
