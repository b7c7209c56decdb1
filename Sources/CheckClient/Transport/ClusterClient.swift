import AsyncHTTPClient
import NIOCore
import Synchronization

/// A client of a cluster: makes the calls of the interface at whichever node answers.
///
/// Every call may be repeated safely, so a lost answer, a node that is gone, `429` and `503` are dealt with inside, until
/// the caller's patience is over. Close it when done.
///
/// ```swift
/// let client = try ClusterClient(nodes: NodeAddress.list(["https://127.0.0.1:7480"]), trust: .authority(file: "ca.pem"))
/// let counts = try await client.send(.counts())
/// try await client.close()
/// ```
public final class ClusterClient: Sendable {
    /// The nodes, in the order in which they are tried.
    public let nodes: [NodeAddress]
    package let http: HTTPClient
    package let credential: Credential?
    package let patience: Double
    /// The node that answered last. A lone atomic: calls at once may read and write it, and any value of it is right.
    package let preferred = Atomic<Int>(0)

    /// A client.
    ///
    /// - Parameters:
    ///   - nodes: Where the cluster is.
    ///   - credential: Who calls; `nil` for the calls that are open to anyone.
    ///   - trust: Whose word counts for the nodes' certificates.
    ///   - patienceSeconds: How long a call is repeated before its failure is told.
    ///   - connections: How many calls to one node may be under way before one waits for another.
    /// - Throws: ``ClientError/badInput(_:)`` when the authority's file cannot be used.
    public init(
        nodes: [NodeAddress], credential: Credential? = nil, trust: Trust = .system, patienceSeconds: Double? = nil,
        connections: Int = 8
    ) throws(ClientError) {
        guard !nodes.isEmpty else { throw .badInput("no URL of a node is given; write --url https://HOST:PORT") }
        var configuration = HTTPClient.Configuration()
        configuration.tlsConfiguration = try trust.configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .milliseconds(Int64(Limits.connectSeconds * 1000)))
        // Repeating is this library's own decision, with other nodes in view.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        self.nodes = nodes
        self.credential = credential
        patience = patienceSeconds ?? Limits.patienceSeconds
    }

    /// Closes the connections. Calls under way end with an error.
    public func close() async {
        // Closing twice is the only error there is, and it changes nothing.
        try? await http.shutdown()
    }

    /// Uses a client and closes it, whatever happens.
    public static func with<Result: Sendable>(
        _ client: ClusterClient, _ body: (ClusterClient) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body(client)
            await client.close()
            return result
        } catch {
            await client.close()
            throw error
        }
    }
}
