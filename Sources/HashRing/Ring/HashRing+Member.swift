extension HashRing {
    /// A node that may hold shards.
    public struct Member: Hashable, Sendable, Codable {
        /// Who it is.
        public let id: NodeID
        /// How much it should hold, relative to the others; in `1...1000`.
        public let weight: Int
        /// What fails together with it: a rack, a room, a site. Members that name no zone share the empty one.
        public let zone: String

        /// A member; its values are judged when a ring is made of it.
        public init(id: NodeID, weight: Int = 100, zone: String = "") {
            self.id = id
            self.weight = weight
            self.zone = zone
        }
    }
}
