/// A refusal as the node says it (RFC 9457).
public struct Problem: Codable, Hashable, Sendable {
    /// `urn:dmcheck:problem:SLUG`.
    public let type: String
    /// The kind of problem in words.
    public let title: String?
    /// The HTTP status.
    public let status: Int
    /// What happened this time.
    public let detail: String?
    /// The field that is at fault, as a path.
    public let field: String?
    /// When it makes sense to try again.
    public let retryAfterSeconds: Double?
    /// `notApplied` or `unknown`, on 500, 503 and 504.
    public let outcome: String?

    /// A problem.
    public init(
        slug: String, status: Int, title: String? = nil, detail: String? = nil, field: String? = nil,
        retryAfterSeconds: Double? = nil, outcome: String? = nil
    ) {
        type = Self.prefix + slug
        self.title = title
        self.status = status
        self.detail = detail
        self.field = field
        self.retryAfterSeconds = retryAfterSeconds
        self.outcome = outcome
    }

    private static let prefix = "urn:dmcheck:problem:"

    /// The last part of the type, `lease-gone` for example; empty for a type of somebody else's.
    public var slug: String {
        type.hasPrefix(Self.prefix) ? String(type.dropFirst(Self.prefix.count)) : ""
    }
}
