import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// How a stream of users is written.
public enum StreamFormat: String, Hashable, Sendable, CaseIterable {
    /// One JSON object a line.
    case ndjson
    /// Comma-separated values with a header.
    case csv

    package var contentType: String { self == .csv ? "text/csv" : "application/x-ndjson" }
}

extension ClusterClient {
    /// Sends a stream of users of any length, in bounded memory.
    ///
    /// The stream is read once. When no node takes it up, nothing of it was used up; when it breaks off half-way, what
    /// was stored stays, and sending all of it again is safe.
    ///
    /// - Throws: ``ClientError``.
    public func importUsers<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, format: StreamFormat, mark: Mark?
    ) async throws(ClientError) -> Verbatim<ImportOutcome> where Pieces.Element == [UInt8] {
        let node = try await readyNode()
        let call = Call<ImportOutcome>(.POST, "v1", "users").asking("service", mark?.service)
            .asking("priority", mark?.priority)
        var request = request(call, at: node, body: nil)
        request.headers.add(name: "content-type", value: format.contentType)
        request.body = .stream(pieces.map { ByteBuffer(bytes: $0) }, length: .unknown)
        do {
            let response = try await http.execute(request, timeout: .seconds(Int64(Limits.streamSeconds)))
            let bytes = Array(buffer: try await response.body.collect(upTo: Limits.answerBytes))
            return try Self.read(Verbatim<ImportOutcome>.self, response, bytes).answer
        } catch let failed as AttemptError {
            throw failed.error
        } catch {
            throw AttemptError(error, at: node).error
        }
    }

    /// Every user of a service with what is known, as the node streams it, in bounded memory.
    ///
    /// - Throws: ``ClientError`` before the first piece; the sequence throws when the stream breaks off.
    public func export(service: String? = nil, format: StreamFormat) async throws(ClientError)
        -> some AsyncSequence<[UInt8], any Error> & Sendable
    {
        let call = Call<Done>(.GET, "v1", "export").asking("service", service).asking("format", format.rawValue)
        let response = try await failingOver { (node) async throws(AttemptError) in
            let response: HTTPClientResponse
            do {
                var request = self.request(call, at: node, body: nil)
                request.headers.replaceOrAdd(name: "accept", value: "*/*")
                response = try await self.http.execute(request, timeout: .seconds(Int64(Limits.streamSeconds)))
                guard response.status == .ok else {
                    throw AttemptError(
                        response, Array(buffer: try await response.body.collect(upTo: Limits.answerBytes)))
                }
            } catch let error as AttemptError {
                throw error
            } catch {
                throw AttemptError(error, at: node)
            }
            return response
        }
        return response.body.map { Array(buffer: $0) }
    }

    /// A node that answers now: a stream can be read only once, so it is not sent where nobody listens.
    private func readyNode() async throws(ClientError) -> NodeAddress {
        _ = try await exchange(Call<Done>(.GET, "healthz"))
        return nodes[preferred.load(ordering: .relaxed) % nodes.count]
    }
}
