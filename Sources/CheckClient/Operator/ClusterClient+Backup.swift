import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

extension ClusterClient {
    /// A shard's snapshot from the node that leads it: that node alone is asked, and once.
    ///
    /// - Parameters:
    ///   - announced: is told first how many bytes come, and their SHA-256 in hex.
    ///   - take: is handed the bytes, in order. Whether all came is for the caller to see.
    /// - Throws: ``ClientError``, or what the two closures throw.
    package func snapshot(
        ofShard shard: Int, at node: NodeAddress, announced: (_ bytes: Int, _ sha256: String) throws -> Void,
        take: ([UInt8]) throws -> Void
    ) async throws {
        let call = Call<Done>(.GET, "v1", "backup", "shards", String(shard))
        var request = request(call, at: node, body: nil)
        request.headers.replaceOrAdd(name: "accept", value: "*/*")
        do {
            let response = try await http.execute(request, timeout: .seconds(Int64(Limits.streamSeconds)))
            guard response.status == .ok else {
                throw AttemptError(response, Array(buffer: try await response.body.collect(upTo: Limits.answerBytes)))
            }
            guard let bytes = response.headers.first(name: "content-length").flatMap({ Int($0) }),
                let sha256 = response.headers.first(name: "x-dmcheck-sha256")
            else { throw ClientError.malformedAnswer("a snapshot of shard \(shard) without length or digest") }
            try announced(bytes, sha256)
            for try await piece in response.body { try take(Array(buffer: piece)) }
        } catch let failed as AttemptError {
            throw failed.error
        } catch let error as HTTPClientError {
            throw AttemptError(error, at: node).error
        }
    }
}
