import SwiftProtobuf

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Bytes that are not what they should be.
package struct WireError: Error, Hashable, Sendable {
    package let what: String
    package init(_ what: String) { self.what = what }
}

extension WireRegistryEntry {
    /// Reads an entry of group 0's log.
    package init(bytes: [UInt8]) throws(WireError) {
        do { self = try WireRegistryEntry(serializedBytes: bytes) } catch {
            throw WireError("a registry entry: \(error)")
        }
    }

    /// The entry as the log holds it.
    package func bytes() throws(WireError) -> [UInt8] {
        do { return try serializedBytes() } catch { throw WireError("a registry entry: \(error)") }
    }
}

extension WireRegistryState {
    /// Reads the image of a registry.
    package init(bytes: [UInt8]) throws(WireError) {
        do { self = try WireRegistryState(serializedBytes: bytes) } catch { throw WireError("a registry: \(error)") }
    }

    /// The image as it is kept.
    package func bytes() throws(WireError) -> [UInt8] {
        do { return try serializedBytes() } catch { throw WireError("a registry: \(error)") }
    }
}

// Layers without Foundation reach byte fields through these.

extension WireRegistryMember {
    package var nodeBytes: [UInt8] {
        get { Array(node) }
        set { node = .init(newValue) }
    }
}

extension WireRegistryOperator {
    package var secretBytes: [UInt8] {
        get { Array(secret) }
        set { secret = .init(newValue) }
    }
}

extension WireRegistryInvite {
    package var digestBytes: [UInt8] {
        get { Array(digest) }
        set { digest = .init(newValue) }
    }
}

extension WireRegistryInviteUse {
    package var digestBytes: [UInt8] {
        get { Array(digest) }
        set { digest = .init(newValue) }
    }
}

extension WireRegistryState {
    package var removedBytes: [[UInt8]] {
        get { removed.map { Array($0) } }
        set { removed = newValue.map { .init($0) } }
    }
}

extension WireRegistryReplica {
    package var nodeBytes: [UInt8] {
        get { Array(node) }
        set { node = .init(newValue) }
    }
}

extension WireRegistryJoin {
    package var digestBytes: [UInt8] {
        get { Array(digest) }
        set { digest = .init(newValue) }
    }
}

extension WireRegistryMemberState {
    package var nodeBytes: [UInt8] {
        get { Array(node) }
        set { node = .init(newValue) }
    }
}

extension WireRegistryRemoval {
    package var nodeBytes: [UInt8] {
        get { Array(node) }
        set { node = .init(newValue) }
    }

    package var gossipKeyBytes: [UInt8] {
        get { Array(gossipKey) }
        set { gossipKey = .init(newValue) }
    }
}

extension WireRegistryLayout {
    package var nodeBytes: [UInt8] {
        get { Array(node) }
        set { node = .init(newValue) }
    }
}

extension WireRegistryJoinToken {
    package var digestBytes: [UInt8] {
        get { Array(digest) }
        set { digest = .init(newValue) }
    }

    package var nodesBytes: [[UInt8]] {
        get { nodes.map { Array($0) } }
        set { nodes = newValue.map { .init($0) } }
    }
}

extension WireRegistrySecrets {
    package var authorityCertificateBytes: [UInt8] {
        get { Array(authorityCertificate) }
        set { authorityCertificate = .init(newValue) }
    }

    package var authorityKeyBytes: [UInt8] {
        get { Array(authorityKey) }
        set { authorityKey = .init(newValue) }
    }

    package var placementBytes: [UInt8] {
        get { Array(placement) }
        set { placement = .init(newValue) }
    }

    package var tombstoneBytes: [UInt8] {
        get { Array(tombstone) }
        set { tombstone = .init(newValue) }
    }
}

extension WireRegistryGossipKey {
    package var keyBytes: [UInt8] {
        get { Array(key) }
        set { key = .init(newValue) }
    }
}

extension WireRegistryEntry.OneOf_Command {
    /// A new key for gossip.
    package static func rotation(to key: [UInt8]) -> Self { .rotateGossipKey(.init(key)) }

    /// The key, if that is what the command brings.
    package var gossipKeyBytes: [UInt8]? {
        if case .rotateGossipKey(let key) = self { Array(key) } else { nil }
    }
}

extension WireRegistryService {
    /// Reads a service.
    package init(bytes: [UInt8]) throws(WireError) {
        do { self = try WireRegistryService(serializedBytes: bytes) } catch { throw WireError("a service: \(error)") }
    }

    /// The service as it is sent.
    package func bytes() throws(WireError) -> [UInt8] {
        do { return try serializedBytes() } catch { throw WireError("a service: \(error)") }
    }
}
