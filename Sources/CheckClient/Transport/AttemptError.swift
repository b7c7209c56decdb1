import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// Why one attempt at one node failed, and whether another makes sense.
package struct AttemptError: Error {
    /// `nil`: the answer would be the same everywhere.
    package let failure: FailOver.Failure?
    /// What the caller hears when no attempt succeeds.
    package let error: ClientError

    package init(failure: FailOver.Failure?, error: ClientError) {
        self.failure = failure
        self.error = error
    }

    /// No answer came from `node`.
    package init(_ error: any Error, at node: NodeAddress) {
        let reason = "\(node): \(Self.reason(error))"
        if error is CancellationError {
            self.init(failure: nil, error: .cancelled)
        } else if error is NIOTooManyBytesError {
            self.init(failure: nil, error: .malformedAnswer("\(node) sends more than any answer has"))
        } else if error is NIOSSLError || error is NIOSSLExtraError {
            self.init(failure: .untrusted, error: .untrusted(reason))
        } else {
            self.init(failure: .unreachable, error: .unreachable(reason))
        }
    }

    /// The node answered, but not that it was done.
    package init(_ response: HTTPClientResponse, _ bytes: [UInt8]) {
        let status = Int(response.status.code)
        let header = response.headers.first(name: "retry-after").flatMap(Double.init)
        let problem = try? JSONCoding.decode(Problem.self, from: bytes)
        let error: ClientError =
            if let problem, problem.status == status {
                .refused(problem.retrying(after: header))
            } else {
                .malformedAnswer("status \(status) without a problem document")
            }
        let retryAfter = (header ?? problem?.retryAfterSeconds).map { min($0, Limits.longestRetryAfterSeconds) }
        switch status {
        case 408, 502: self.init(failure: .unreachable, error: error)
        case 429: self.init(failure: .limited(retryAfter: retryAfter), error: error)
        case 503, 504: self.init(failure: .unavailable(retryAfter: retryAfter), error: error)
        default: self.init(failure: nil, error: error)
        }
    }

    /// An error of the network in a few words.
    package static func reason(_ error: any Error) -> String {
        let text = String(describing: error)
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return "its authority is another one" }
        if text.contains("failedToValidateHostname") { return "it is made out to another host" }
        if text.contains("Connection refused") { return "connection refused" }
        if text.contains("deadlineExceeded") || text.contains("Timeout") { return "no answer in time" }
        if text.contains("remoteConnectionClosed") { return "the connection closed before the answer" }
        return text.replacing("\n", with: " ")
    }
}

extension Problem {
    /// With the header's delay where the document has none.
    fileprivate func retrying(after header: Double?) -> Problem {
        guard retryAfterSeconds == nil, let header else { return self }
        return Problem(
            slug: slug, status: status, title: title, detail: detail, field: field, retryAfterSeconds: header,
            outcome: outcome)
    }
}
