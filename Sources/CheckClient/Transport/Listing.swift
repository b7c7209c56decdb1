/// All items of a listing, page by page as they are wanted: at most one page is in memory.
public struct Listing<Item: Decodable & Sendable>: AsyncSequence, Sendable {
    /// One item of the listing.
    public typealias Element = Item

    let client: ClusterClient
    let call: Call<Page<Item>>

    /// Reads the listing from its beginning.
    public func makeAsyncIterator() -> Iterator { Iterator(client: client, call: call) }

    /// Where a reader of the listing stands.
    public struct Iterator: AsyncIteratorProtocol {
        let client: ClusterClient
        let call: Call<Page<Item>>
        private var items: ArraySlice<Item> = []
        private var cursor: String?
        private var ended = false

        init(client: ClusterClient, call: Call<Page<Item>>) {
            self.client = client
            self.call = call
        }

        /// The next item; asks for the next page when one is used up.
        public mutating func next() async throws -> Item? {
            while items.isEmpty, !ended {
                let page = try await client.send(call.asking("cursor", cursor))
                items = page.items[...]
                ended = page.nextCursor == nil || page.nextCursor == cursor
                cursor = page.nextCursor
            }
            return items.popFirst()
        }
    }
}

extension ClusterClient {
    /// All items of a listing.
    public func items<Item>(of call: Call<Page<Item>>) -> Listing<Item> {
        Listing(client: self, call: call.asking("limit", Limits.pageItems))
    }
}
