import Metrics
import NIOCore

/// Hands on what comes by UDP. What is too large for a datagram of ours is nobody's.
final class DatagramReceiver: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    /// One byte more than is allowed tells a larger one from the largest.
    static let bufferBytes = PeerLimits.datagramBytes + 1

    private let events: any PeerEvents
    private let metrics: PeerMetrics

    init(events: any PeerEvents, metrics: PeerMetrics) {
        self.events = events
        self.metrics = metrics
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let datagram = unwrapInboundIn(data)
        guard (1...PeerLimits.datagramBytes).contains(datagram.data.readableBytes),
            let source = datagram.remoteAddress.hostPort
        else { return metrics.datagramsRefused.increment() }
        metrics.datagramsIn.increment()
        events.receivedDatagram(Array(datagram.data.readableBytesView), from: source)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A fault of one datagram; when it closes the socket, that is noticed where the socket was bound.
    }
}
