import Foundation

/// The base URL of a node, `https://HOST:PORT`.
public struct NodeAddress: Hashable, Sendable, CustomStringConvertible {
    /// The URL without a slash at its end.
    public let description: String

    /// Reads a base URL.
    ///
    /// - Throws: ``ClientError/badInput(_:)`` when it is no `http` or `https` URL of a host alone.
    public init(_ text: String) throws(ClientError) {
        var text = text.trimmingCharacters(in: .whitespaces)
        while text.hasSuffix("/") { text.removeLast() }
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            scheme == "https" || scheme == "http", let host = parts.host, !host.isEmpty,
            parts.path.isEmpty, parts.query == nil, parts.fragment == nil, parts.user == nil
        else { throw .badInput("'\(text)' is not a base URL; write it as https://HOST:PORT") }
        description = text
    }

    /// Reads several, each of which may itself be a list separated by commas.
    ///
    /// - Throws: ``ClientError/badInput(_:)`` for a URL that is not one, for none and for too many.
    public static func list(_ texts: [String]) throws(ClientError) -> [NodeAddress] {
        var addresses: [NodeAddress] = []
        for text in texts {
            for part in text.split(separator: ",") {
                let address = try NodeAddress(String(part))
                if !addresses.contains(address) { addresses.append(address) }
            }
        }
        guard !addresses.isEmpty else { throw .badInput("no URL of a node is given; write --url https://HOST:PORT") }
        guard addresses.count <= Limits.nodes else {
            throw .badInput("\(addresses.count) URLs are too many; \(Limits.nodes) will do")
        }
        return addresses
    }
}
