import Metrics
import NIOCore
import NIOSSL

extension Switchboard {
    /// A newcomer's connection: this side shows its certificate, the newcomer none.
    func welcomeNewcomer(_ channel: any Channel) throws {
        let now = NIODeadline.now().uptimeNanoseconds / 1_000_000
        let source = channel.remoteAddress?.ipAddress ?? ""
        guard joinGate.enter(from: source, at: Int64(clamping: now)) else {
            metrics.refused(.busy)
            return channel.abort()
        }
        channel.closeFuture.whenComplete { _ in self.assumeIsolated { $0.joinGate.leave() } }
        try channel.pipeline.syncOperations.addHandlers([
            NIOSSLServerHandler(context: certificates.admitting),
            ByteToMessageHandler(FrameDecoder(limit: PeerLimits.joinRequestBytes)),
            JoinLink(metrics: metrics) { channel, request in
                self.assumeIsolated { $0.newcomerAsks(channel, request) }
            },
        ])
    }

    private func newcomerAsks(_ channel: any Channel, _ request: [UInt8]) {
        isIdentified(channel)
        metrics.joins.increment()
        let end = loop.scheduleTask(in: limits.joinAnswer) { channel.abort() }
        channel.closeFuture.whenComplete { _ in end.cancel() }
        jobQueue.yield(.join(channel, request: request))
    }
}
