import NIOCore

/// What is wrong with what a peer sent.
package enum FrameError: Error, Equatable {
    /// It says that it is longer than the limit.
    case long(UInt32)
    /// The connection ended within it.
    case truncated
}

/// Cuts a connection's bytes into frames: four bytes of length, big endian, and so many bytes.
package struct FrameDecoder: ByteToMessageDecoder {
    package typealias InboundOut = ByteBuffer

    /// Bytes of a frame's payload.
    let limit: Int

    /// The bytes of the length.
    package static let headBytes = 4

    /// Cuts frames of at most `limit` bytes.
    package init(limit: Int) { self.limit = limit }

    package mutating func decode(context: ChannelHandlerContext, buffer: inout ByteBuffer) throws -> DecodingState {
        guard let length = buffer.getInteger(at: buffer.readerIndex, as: UInt32.self) else { return .needMoreData }
        // Checked before anything is kept for it: a length alone costs no memory.
        guard length <= limit else { throw FrameError.long(length) }
        guard buffer.readableBytes >= Self.headBytes + Int(length) else { return .needMoreData }
        buffer.moveReaderIndex(forwardBy: Self.headBytes)
        guard let frame = buffer.readSlice(length: Int(length)) else { return .needMoreData }
        context.fireChannelRead(wrapInboundOut(frame))
        return .continue
    }

    package mutating func decodeLast(
        context: ChannelHandlerContext, buffer: inout ByteBuffer, seenEOF: Bool
    ) throws -> DecodingState {
        while try decode(context: context, buffer: &buffer) == .continue {}
        if buffer.readableBytes > 0, seenEOF {
            buffer.clear()
            throw FrameError.truncated
        }
        return .needMoreData
    }
}

extension ByteBuffer {
    /// Adds a frame.
    mutating func writeFrame(_ payload: some Collection<UInt8>) {
        precondition(payload.count <= PeerLimits.frameBytes, "no frame is longer than the limit")
        writeInteger(UInt32(payload.count))
        writeBytes(payload)
    }

    /// A frame by itself.
    static func frame(_ payload: some Collection<UInt8>) -> ByteBuffer {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(FrameDecoder.headBytes + payload.count)
        buffer.writeFrame(payload)
        return buffer
    }
}
