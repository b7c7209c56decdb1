/// A decoder of bytes that come from outside, as the fuzzer and the corpora drive it.
///
/// Whatever the bytes are, the decoder gives a value or one of its errors, within bounds of time and memory. What is checked
/// besides is what it promises of the values that it gives: as a rule, that what was read is written as it was read.
package struct FuzzedDecoder: Sendable {
    /// How a decoder is driven.
    package enum Run: Sendable {
        case atOnce(@Sendable ([UInt8]) throws(BrokenPromise) -> Void)
        case asynchronously(@Sendable ([UInt8]) async throws(BrokenPromise) -> Void)
    }

    /// Its name, and that of its folder in `Corpora`.
    package let name: String
    package let run: Run

    init(_ name: String, _ run: @escaping @Sendable ([UInt8]) throws(BrokenPromise) -> Void) {
        self.name = name
        self.run = .atOnce(run)
    }

    init(_ name: String, asynchronously run: @escaping @Sendable ([UInt8]) async throws(BrokenPromise) -> Void) {
        self.name = name
        self.run = .asynchronously(run)
    }

    /// All of them.
    package static let all: [FuzzedDecoder] =
        [.sealedDatagram, .datagram, .pushPull, .raft, .frames, .fileMessage, .peerMessage, .snapshotHeader]
        + [.command, .query, .outcome, .queryResult]
        + [.json, .calls, .csv, .ndjson, .tokens, .timestamp]
        + [.forwardedCall, .forwardedAnswer, .joinRequest, .joinAnswer]
        + [.backup, .registry]
}

/// A decoder gave a value that is not what it promises.
package struct BrokenPromise: Error, CustomStringConvertible {
    package let description: String
}

/// Checks what a decoder promises.
func expect(_ holds: Bool, _ promise: @autoclosure () -> String) throws(BrokenPromise) {
    guard holds else { throw BrokenPromise(description: promise()) }
}
