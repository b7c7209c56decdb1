import Checks
import Coordinator

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a backup says of itself: its first part.
public struct BackupManifest: Codable, Hashable, Sendable {
    /// The layout that this program writes; raised when an older program could not read it.
    public static let currentFormat = 1

    /// The layout.
    public var format = BackupManifest.currentFormat
    /// The cluster that it was taken from.
    public var cluster: String
    /// When, RFC 3339.
    public var takenAt: String
    /// Shards of the cluster; each has a part.
    public var shards: Int
    /// The registry's image, base64url: services, settings, invitations, and the two keys that the shards' contents depend on.
    /// The authority's key and the gossip keys are not in it.
    public var registry: String

    /// Puts one together.
    public init(cluster: String, takenAt: String, shards: Int, registry: String) {
        self.cluster = cluster
        self.takenAt = takenAt
        self.shards = shards
        self.registry = registry
    }
}

/// What precedes each part's bytes.
struct BackupPart: Codable, Hashable {
    /// `manifest`, `shard-N` or `end`.
    var name: String
    /// Bytes that follow.
    var bytes: Int
    /// SHA-256 of them, hex; of everything before it for `end`.
    var sha256: String

    static let manifest = "manifest"
    static let end = "end"

    static func shard(_ number: Int) -> String { "shard-\(number)" }
}

extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
