import HashRing
import Metrics
import NIOCore

/// Takes one file from a peer.
struct FileReceiver: Sendable {
    let inbox: Inbox
    let events: any PeerEvents
    let metrics: PeerMetrics

    private typealias Inbound = NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator

    /// Whatever goes wrong ends the connection and leaves nothing behind; the sender tries again.
    func receive(_ channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>, from node: NodeID) async {
        do {
            try await channel.executeThenClose { inbound, outbound in
                try await outbound.write(FileAnswer.ready.framed)
                var inbound = inbound.makeAsyncIterator()
                let (header, path): ([UInt8], String)
                do {
                    (header, path) = try await file(&inbound)
                } catch {
                    metrics.refused(error)
                    try? await outbound.write(FileAnswer.refused.framed)
                    throw error
                }
                metrics.filesIn.increment()
                events.receivedFile(header: header, path: path, from: node)
                try await outbound.write(FileAnswer.stored.framed)
            }
        } catch {
            metrics.filesFailed.increment()
        }
    }

    private func file(_ inbound: inout Inbound) async throws -> (header: [UInt8], path: String) {
        guard case .header(let header)? = try await inbound.next().flatMap(FileMessage.init) else { throw unexpected() }
        var file = try await inbox.begin()
        do {
            while let frame = try await inbound.next() {
                switch FileMessage(frame) {
                case .chunk(let bytes):
                    metrics.bytesIn.increment(by: bytes.readableBytes)
                    try await file.append(bytes)
                case .end(let digest):
                    return (Array(header.readableBytesView), try await file.keep(digest: digest))
                case .header, nil: throw unexpected()
                }
            }
            throw ChannelError.eof
        } catch {
            file.discard()
            throw error
        }
    }

    private func unexpected() -> FileTransferError {
        metrics.refused(.unexpected)
        return .refused
    }
}
