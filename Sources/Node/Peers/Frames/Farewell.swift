/// What the accepting side says instead of a welcome.
enum Farewell {
    /// The node that dials was removed from the cluster, for good.
    static let removed: [UInt8] = [1]
}
