import CheckClient
import Foundation

/// Where a cluster is, whose word counts for its certificates, and the operator's token: from options, from the
/// environment, or from the local data folder, each by itself, in this order.
package struct ClusterLocation: Hashable, Sendable {
    package var urls: [String]
    package var authority: String?
    package var tokenFile: String?

    /// Puts it together. What a folder holds is asked through `read`.
    package init(
        urls: [String], authority: String?, tokenFile: String?, environment: [String: String], folder: String,
        read: (String) -> Data?
    ) {
        func given(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }
        func inFolder(_ name: String) -> String? {
            let path = "\(folder)/\(name)"
            return read(path) == nil ? nil : path
        }
        self.urls = urls
        if self.urls.isEmpty { self.urls = given("DMCHECK_URL").map { [$0] } ?? [] }
        if self.urls.isEmpty {
            self.urls = read("\(folder)/node.json").flatMap(NodeFile.url).map { [$0] } ?? []
        }
        self.authority = authority ?? given("DMCHECK_CA") ?? inFolder("certs/ca.pem")
        self.tokenFile = tokenFile ?? given("DMCHECK_TOKEN_FILE") ?? inFolder("operator.token")
    }
}

/// What a data folder's `node.json` says about where its node listens.
private struct NodeFile: Decodable {
    let http: String
    let insecureHTTP: Bool?

    /// The URL at which the node is reached from its own machine.
    static func url(_ contents: Data) -> String? {
        guard let file = try? JSONDecoder().decode(NodeFile.self, from: contents) else { return nil }
        var address = file.http
        if address.hasPrefix("0.0.0.0:") { address = "127.0.0.1:" + address.dropFirst(8) }
        if address.hasPrefix("[::]:") { address = "[::1]:" + address.dropFirst(5) }
        return (file.insecureHTTP == true ? "http://" : "https://") + address
    }
}
