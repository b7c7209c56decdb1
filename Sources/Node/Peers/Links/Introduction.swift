import NIOCore
import NIOSSL
import NIOTLS
import X509

/// Waits on a new connection for the end of its handshake and hands on who is there; until then it lets nothing through.
///
/// The handshake has verified that the certificate leads to the cluster's authority; what it says is judged here.
final class Introduction: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// Takes the connection on, or says why not.
    typealias Judge = (PeerIdentity, PeerCertificates.Use?, any Channel) throws -> PeerMetrics.Refusal?

    private enum State {
        case waiting(Judge)
        case accepted
        case refused
    }

    private let metrics: PeerMetrics
    private var state: State

    init(metrics: PeerMetrics, judge: @escaping Judge) {
        self.metrics = metrics
        state = .waiting(judge)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .handshakeCompleted(let use)? = event as? TLSUserEvent, case .waiting(let judge) = state else {
            return context.fireUserInboundEventTriggered(event)
        }
        do {
            guard let identity = Self.identity(context) else { return refuse(.cluster, context) }
            if let refusal = try judge(identity, use.flatMap(PeerCertificates.Use.init), context.channel) {
                return refuse(refusal, context)
            }
            state = .accepted
            context.fireUserInboundEventTriggered(event)
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            // A pipeline that closes takes no handler any more.
            state = .refused
            context.channel.abort()
        }
    }

    private static func identity(_ context: ChannelHandlerContext) -> PeerIdentity? {
        guard let tls = try? context.pipeline.syncOperations.handler(type: NIOSSLHandler.self),
            let bytes = try? tls.peerCertificate?.toDERBytes(),
            let certificate = try? Certificate(der: bytes)
        else { return nil }
        return PeerIdentity(certificate)
    }

    private func refuse(_ reason: PeerMetrics.Refusal, _ context: ChannelHandlerContext) {
        metrics.refused(reason)
        state = .refused
        context.channel.abort()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .accepted = state { context.fireChannelRead(data) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch state {
        case .accepted: context.fireErrorCaught(error)
        case .refused: break
        case .waiting:
            // A connection that only breaks is nobody's attempt.
            if error.isFailedHandshake {
                refuse(.certificate, context)
            } else {
                state = .refused
                context.channel.abort()
            }
        }
    }
}
