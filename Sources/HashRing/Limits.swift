/// The sizes that a ring accepts.
package enum Limits {
    /// Most shards a cluster can have; chosen when it is founded. More groups than this would make a node's idle work
    /// (one timer and one log position a group) the largest thing it does.
    package static let shards = 1024

    /// Most members of one ring: five times the largest cluster that is measured (200 nodes).
    package static let members = 1000

    /// Most replicas of one shard. With more than seven a write waits for a fifth disk; etcd's FAQ advises no more voters
    /// than that.
    package static let replicas = 7

    /// Weights a member can have: three decimal digits between the smallest machine and the largest.
    package static let weights = 1...1000

    /// Most bytes (UTF-8) in the name of a zone.
    package static let zoneBytes = 64

    /// What a node may hold above its fair share, as a fraction: a tenth.
    package static let excess = (numerator: 11, denominator: 10)

    /// What part of its fair share of leaderships a node has at the least, where its replicas allow: four fifths, so that
    /// of 16 shards three nodes lead 5, 5 and 6. Perfect evenness would make a join at 100 nodes change 46 leaders where this
    /// changes 27.
    package static let leading = (numerator: 8, denominator: 10)
}
