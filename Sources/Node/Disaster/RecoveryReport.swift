/// What became of each group of a folder when its shards were recovered.
public struct RecoveryReport: Codable, Hashable, Sendable {
    /// A group, and what was done with it.
    public struct Group: Codable, Hashable, Sendable {
        /// What was done.
        public enum Outcome: String, Codable, Hashable, Sendable {
            /// This node's replica is the only voter now.
            case recovered
            /// It has its majority, here or elsewhere.
            case leftAlone
        }

        /// `registry` or `shard N`.
        public var name: String
        /// What was done.
        public var outcome: Outcome
        /// The last entry that this replica has. What the others acknowledged after it is lost.
        public var lastEntry: UInt64
        /// The last entry that this replica knew to be acknowledged. What lies between was perhaps never answered; it is kept.
        public var committedEntry: UInt64
    }

    /// When, RFC 3339.
    public var at: String
    /// The cluster's id.
    public var cluster: String
    /// The node whose folder it is.
    public var node: String
    /// Members that were taken for gone, by name.
    public var gone: [String]
    /// In order; the registry first.
    public var groups: [Group]

    /// How many groups were changed.
    public var recovered: Int { groups.count { $0.outcome == .recovered } }
}
