import HashRing
import X509

/// Who a node is to its peers: the cluster and the NodeID that the cluster's authority has signed.
///
/// A certificate carries it as the URI `dmcheck://CLUSTER/NODEID` among its alternative names. A host name proves
/// nothing between peers: a node moves, and keeps its identity.
package struct PeerIdentity: Hashable, Sendable {
    /// The cluster's id.
    package var cluster: String
    package var node: NodeID

    package init(cluster: String, node: NodeID) {
        self.cluster = cluster
        self.node = node
    }

    private static let scheme = "dmcheck://"

    /// What the certificate of a node carries.
    static func uri(cluster: String, node: String) -> String { "\(scheme)\(cluster)/\(node)" }

    /// The identity in a certificate; `nil` when it holds none, a malformed one or several.
    package init?(_ certificate: Certificate) {
        guard let names = try? certificate.extensions.subjectAlternativeNames else { return nil }
        let uris = names.compactMap { name in
            if case .uniformResourceIdentifier(let uri) = name, uri.hasPrefix(Self.scheme) { uri } else { nil }
        }
        guard uris.count == 1, let uri = uris.first else { return nil }
        let parts = uri.dropFirst(Self.scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let node = NodeID(parts[1]) else { return nil }
        self.init(cluster: String(parts[0]), node: node)
    }
}
