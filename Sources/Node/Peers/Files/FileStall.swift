import NIOCore

/// Ends a connection on which a file makes no progress in either direction.
final class FileStall: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Adds it to a connection's pipeline.
    static func watch(_ channel: any Channel, _ limits: PeerLimits) throws {
        try channel.pipeline.syncOperations.addHandlers([IdleStateHandler(allTimeout: limits.fileStall), FileStall()])
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is IdleStateHandler.IdleStateEvent { return context.channel.abort() }
        context.fireUserInboundEventTriggered(event)
    }
}
