/// The cluster as the answering node sees it.
public struct Cluster: Decodable, Hashable, Sendable {
    /// A node of the cluster.
    public struct Member: Decodable, Hashable, Sendable {
        /// Its name.
        public let name: String
        /// Its identity.
        public let id: String
        /// Where clients reach it, `HOST:PORT`.
        public let http: String
        /// Where other nodes reach it, `HOST:PORT`.
        public let peer: String
        /// `joining`, `active`, `draining` or `lost`.
        public let state: String
        /// `alive`, `suspect` or `dead`.
        public let health: String
        /// What it fails together with.
        public let zone: String
        /// Its share of the shards, relative to others.
        public let weight: Int
        /// Replicas that it holds.
        public let shards: Int
        /// Shards that it leads.
        public let leaders: Int
        /// Its clock less the others' median.
        public let clockOffsetSeconds: Double?
    }

    /// A replica of a shard.
    public struct Replica: Decodable, Hashable, Sendable {
        /// Where it is.
        public let node: String
        /// `voter` or `learner`.
        public let role: String
        /// The last log index that it applied.
        public let applied: Int
        /// The digest of its contents, where it was asked for.
        public let digest: String?
    }

    /// A change of a shard's replicas or of its leader that is under way, or waits.
    public struct Move: Decodable, Hashable, Sendable {
        /// The node that it goes to; `nil` while a replica is given up.
        public let to: String?
        /// `adding`, `copying`, `joint`, `leading`, `removing`, or `waiting` for a node that is not alive.
        public let stage: String
        /// 0 to 100 while copying.
        public let percent: Int?
    }

    /// A shard.
    public struct Shard: Decodable, Hashable, Sendable {
        /// Its number, as text like every id.
        public let id: String
        /// The node that leads it; `nil` while none does.
        public let leader: String?
        /// The term of its leader.
        public let term: Int
        /// Where it lives.
        public let replicas: [Replica]
        /// Where the ring wants it.
        public let target: [String]
        /// What is being changed now, if anything.
        public let move: Move?
    }

    /// Its identity.
    public let id: String
    /// The version of the commands in use.
    public let stateVersion: Int
    /// The nodes.
    public let members: [Member]
    /// The shards.
    public let shards: [Shard]
    /// Every shard is where the ring wants it.
    public let balanced: Bool
    /// Every shard is served.
    public let healthy: Bool
    /// Shards with fewer live replicas than they should have.
    public let underReplicated: Int
}
