import Crypto
import HashRing
import Metrics
import NIOCore
import NIOPosix
import NIOSSL

/// Sends one file to a peer.
struct FileSender: Sendable {
    let switchboard: Switchboard
    let node: NodeID
    let address: HostPort

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>
    private typealias Inbound = NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private typealias Outbound = NIOAsyncChannelOutboundWriter<ByteBuffer>

    func send(header: [UInt8], path: String) async throws(FileTransferError) {
        guard header.count <= PeerLimits.fileHeaderBytes else { throw .tooLarge }
        guard await switchboard.mayBeginFileOut() else { throw .busy }
        do {
            try await transfer(header, path)
            switchboard.metrics.filesOut.increment()
            await switchboard.fileOutIsOver()
        } catch {
            switchboard.metrics.filesFailed.increment()
            await switchboard.fileOutIsOver()
            throw error
        }
    }

    private func transfer(_ header: [UInt8], _ path: String) async throws(FileTransferError) {
        do {
            let file = try await DiskFile.reading(path)
            defer { file.close() }
            try await connect().executeThenClose { inbound, outbound in
                var inbound = inbound.makeAsyncIterator()
                try await expect(.ready, &inbound)
                try await outbound.write(FileMessage.header(ByteBuffer(bytes: header)).framed)
                let digest = try await stream(file, outbound)
                try await outbound.write(FileMessage.end(digest: digest).framed)
                try await expect(.stored, &inbound)
            }
        } catch let error as FileTransferError {
            throw error
        } catch let error as DiskError {
            throw .unreadable("\(error)")
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw .unreachable("\(address): \(error)")
        }
    }

    private func stream(_ file: DiskFile, _ outbound: Outbound) async throws -> ByteBuffer {
        let clock = ContinuousClock()
        let start = clock.now
        var pace = Pace(bytesPerSecond: PeerLimits.fileBytesPerSecond)
        var hash = SHA256()
        while true {
            let chunk = try await file.read(PeerLimits.fileChunkBytes)
            if chunk.readableBytes == 0 { return ByteBuffer(bytes: hash.finalize()) }
            chunk.withUnsafeReadableBytes { hash.update(bufferPointer: $0) }
            try await outbound.write(FileMessage.chunk(chunk).framed)
            switchboard.metrics.bytesOut.increment(by: chunk.readableBytes)
            let wait = pace.wait(after: chunk.readableBytes, elapsed: start.duration(to: clock.now))
            if wait > .zero { try await clock.sleep(for: wait) }
        }
    }

    private func expect(_ wanted: FileAnswer, _ inbound: inout Inbound) async throws {
        guard let frame = try await inbound.next() else {
            throw FileTransferError.unreachable("\(address): the connection broke")
        }
        switch FileAnswer(frame) {
        case wanted: return
        case .busy: throw FileTransferError.busy
        default: throw FileTransferError.refused
        }
    }

    private func connect() async throws -> Connection {
        let certificates = await switchboard.certificates
        let (identity, limits, metrics, node) = (switchboard.identity, switchboard.limits, switchboard.metrics, node)
        return try await ClientBootstrap(group: switchboard.loop)
            .connectTimeout(limits.dialing)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandlers([
                        try NIOSSLClientHandler(context: certificates.sending, serverHostname: nil),
                        ByteToMessageHandler(FrameDecoder(limit: 1)),
                        Introduction(metrics: metrics) { peer, use, _ in
                            guard peer.cluster == identity.cluster else { return .cluster }
                            guard peer.node == node else { return .node }
                            return use == .file ? nil : .use
                        },
                    ])
                    try FileStall.watch(channel, limits)
                    return try Connection(wrappingChannelSynchronously: channel)
                }
            }
    }
}
