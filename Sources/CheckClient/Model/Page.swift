/// One page of a listing.
public struct Page<Item: Decodable & Sendable>: Decodable, Sendable {
    /// The items, in the listing's order.
    public let items: [Item]
    /// Where the next page begins; `nil` on the last.
    public let nextCursor: String?
}

/// The answer to a call that says nothing but that it was done (`204`).
public struct Done: Decodable, Sendable {
    /// Reads nothing, so that any body will do.
    public init(from decoder: any Decoder) throws {}

    package init() {}
}
