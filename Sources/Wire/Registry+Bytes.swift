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
