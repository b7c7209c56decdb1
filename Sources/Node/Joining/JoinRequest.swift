import Coordinator
import Foundation
import HashRing
import X509

/// What a newcomer asks, as JSON: it is sent once in a node's life.
package struct JoinRequest: Codable, Hashable, Sendable {
    package var node: String
    package var name: String
    package var http: String
    package var peer: String
    package var zone: String
    package var weight: Int
    /// Names and addresses for its certificate.
    package var hosts: [String]
    /// The secret of its token, base64url.
    package var secret: String
    /// Its public key, DER, base64url.
    package var publicKey: String
    /// The newest version of commands that its program applies; left out by the first programs, which apply 1.
    package var stateVersion: UInt32?
}

extension JoinRequest {
    /// Reads what came over a join link, and nothing more: see ``newcomer()`` and ``certificateKey()``.
    package init(encoded bytes: [UInt8]) throws(JoinRefusal) {
        do { self = try JSONDecoder().decode(JoinRequest.self, from: Data(bytes)) } catch { throw .malformed }
    }

    package func encoded() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }

    /// Who asks to be a member. Whoever sends this may have no token at all, and what is taken in stays in the registry of
    /// every node: everything in it has a bound.
    package func newcomer() throws(JoinRefusal) -> Newcomer {
        guard let node = NodeID(node), let secret = Base64URL.decode(secret),
            PeerLimits.memberNameBytes.contains(name.utf8.count), Self.isAddress(http), Self.isAddress(peer),
            PeerLimits.weights.contains(weight), zone.utf8.count <= PeerLimits.zoneBytes,
            hosts.count <= PeerLimits.certificateHosts, hosts.allSatisfy(Self.isHost)
        else { throw .malformed }
        return Newcomer(
            node: node, name: name, http: http, peer: peer, zone: zone, weight: weight,
            tokenDigest: Digests.sha256(secret), stateVersion: stateVersion ?? 1)
    }

    /// The key that its certificate is to be for.
    package func certificateKey() throws(JoinRefusal) -> Certificate.PublicKey {
        guard let bytes = Base64URL.decode(publicKey), let key = try? Certificate.PublicKey(der: bytes) else {
            throw .malformed
        }
        return key
    }

    /// A host and a port, in the one spelling that is written.
    private static func isAddress(_ text: String) -> Bool {
        guard let address = HostPort(text) else { return false }
        return address.description == text && isHost(address.host)
    }

    /// What a certificate can hold for a name: visible ASCII (RFC 5280, 4.2.1.6).
    private static func isHost(_ text: String) -> Bool {
        PeerLimits.hostBytes.contains(text.utf8.count) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }
}
