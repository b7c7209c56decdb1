import NIOCore

/// Limits of the HTTP face. Times are fields, so that a test need not wait for them.
package struct HTTPLimits: Sendable {
    /// From a connection's opening, or a request's first byte, until its head is complete; the Interface article says so.
    package var head: TimeAmount = .seconds(10)
    /// From the head until the body is complete; of a stream, the longest pause while the node is ready to read.
    package var body: TimeAmount = .seconds(30)
    /// Between two requests on one connection. Longer than the 60 s that common client pools keep theirs, so that it
    /// is the client who closes and no request meets a closing connection.
    package var keepAlive: TimeAmount = .seconds(75)
    /// How long a peer may leave an answer unread before its connection is closed.
    package var unread: TimeAmount = .seconds(30)
    /// After a last answer: how long what still arrives is read and dropped, so that the answer is not lost to a reset.
    package var linger: TimeAmount = .seconds(2)
    /// How long a peer may leave the end of TLS unanswered. Many clients never answer it, and a node that stops waits
    /// for each of its idle connections; nothing is owed on them any more.
    package static let farewell = TimeAmount.seconds(2)
    /// Open connections: with 16 KiB or so each, 64 MiB; further ones wait in the kernel's backlog.
    package var connections = 4096

    /// Request line and fields together. A token is at most 150 bytes; 16 KiB leave room for proxies' fields.
    package static let headBytes = 16 * 1024
    package static let headFieldBytes = 8 * 1024
    package static let headFields = 100

    /// A body of a few fields.
    package static let smallBody = 64 * 1024
    /// Results of one lease: 180 rows need 11 KB, and notes may fill the rest.
    package static let resultsBody = 1024 * 1024
    /// 18,000 users of at most 75 bytes, twice over for white space.
    package static let usersBody = 4 * 1024 * 1024

    /// Rows of `POST /v1/users`, names of `POST /v1/marks` and `/rechecks`; the Interface article says so (Operators).
    package static let usersPerRequest = 18_000
    /// Rows of one report: no bucket is larger in practice, and more would not fit the body.
    package static let rowsPerReport = 18_000
    /// Of a result's note.
    package static let noteBytes = 200
    /// Rows of a stream that are stored together: as many as a JSON body may carry, halved, so that reading the next
    /// and storing the one before need no more memory than one such body.
    package static let importBatch = 9_000
    /// Bytes of an import that are read at a time: a row has two at least, so that with a batch that is not full yet they
    /// make no more rows than a request may carry.
    package static let importPiece = 16_384
    /// Rows of an export that are read together: 1000 is what a page of a listing may have.
    package static let exportPage = 1000
    /// Rows shown of those refused.
    package static let invalidRowsShown = 100

    package init() {}
}
