/// The settings of the whole cluster.
public struct Settings: Decodable, Hashable, Sendable {
    /// When a client counts as malfunctioning.
    public struct Malfunction: Decodable, Hashable, Sendable {
        /// Whether the rules are applied.
        public let enabled: Bool
        /// The share of ended buckets that may have died.
        public let deadShare: Double
        /// Ended buckets before the share says anything.
        public let minimumBuckets: Int
        /// How many times its cap a client may ask in vain in a window.
        public let windowFactor: Double
    }

    /// `open` or `invite`.
    public let enrollment: String
    /// Registrations a minute from one peer address.
    public let registrationsPerMinutePerSource: Int
    /// Requests a second from one client.
    public let requestsPerSecondPerClient: Int
    /// How long a node is dead before its replicas are replaced.
    public let replaceAfterSeconds: Int
    /// When a client counts as malfunctioning.
    public let malfunction: Malfunction
}
