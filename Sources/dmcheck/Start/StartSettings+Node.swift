import Foundation
import Node

extension StartSettings {
    /// What the node is started with.
    ///
    /// - Throws: ``CommandFailure`` for an address that is none, and for a new node that cannot join: not to found a cluster by mistake.
    func configuration() throws -> NodeConfiguration {
        NodeConfiguration(
            dataFolder: data, name: name, http: try Self.address(http, "http"), peer: try Self.address(peer, "peer"),
            advertise: advertise, zone: zone, weight: weight, shards: shards, replicas: replicas,
            insecureHTTP: insecureHTTP, join: try join.map { try Self.address($0, "join") }, joinToken: try joinToken())
    }

    private static func address(_ text: String, _ key: String) throws -> HostPort {
        guard let address = HostPort(text) else {
            throw CommandFailure("\(key) is '\(text)'; write it as HOST:PORT")
        }
        return address
    }

    /// The text of the token. A folder that is somebody already needs none, so that a service may keep its options and lose the
    /// token's file.
    private func joinToken() throws -> String? {
        guard !FileManager.default.fileExists(atPath: data + "/node.json") else { return nil }
        guard !join.isEmpty else {
            guard joinTokenFile == nil else {
                throw CommandFailure(
                    "there is a join token, but nobody to join; name a member's peer address with --join, or leave "
                        + "--join-token-file out to found a new cluster")
            }
            return nil
        }
        let remedy = "make one on a member with dmcheck join-token create and give its file with --join-token-file"
        guard let joinTokenFile else { throw CommandFailure("a new node cannot join without a token; \(remedy)") }
        guard let contents = FileManager.default.contents(atPath: joinTokenFile) else {
            throw CommandFailure("cannot read the join token from \(joinTokenFile); \(remedy)")
        }
        let text = String(decoding: contents, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw CommandFailure("\(joinTokenFile) is empty; \(remedy)") }
        return text
    }
}
