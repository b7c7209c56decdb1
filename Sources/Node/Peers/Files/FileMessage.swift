import NIOCore

/// What the sender of a file says, each a frame of its kind and the bytes: a header, chunks in order, the end.
package enum FileMessage: Equatable {
    case header(ByteBuffer)
    case chunk(ByteBuffer)
    /// SHA-256 of all chunks.
    case end(digest: ByteBuffer)

    private enum Kind: UInt8 {
        case header = 1
        case chunk = 2
        case end = 3
    }

    /// `nil` when it is none.
    package init?(_ frame: ByteBuffer) {
        var frame = frame
        switch frame.readInteger(as: UInt8.self).flatMap(Kind.init) {
        case .header where frame.readableBytes <= PeerLimits.fileHeaderBytes: self = .header(frame)
        case .chunk where frame.readableBytes > 0: self = .chunk(frame)
        case .end: self = .end(digest: frame)
        default: return nil
        }
    }

    /// As a frame, with its length.
    package var framed: ByteBuffer {
        let (kind, payload): (Kind, ByteBuffer) =
            switch self {
            case .header(let bytes): (.header, bytes)
            case .chunk(let bytes): (.chunk, bytes)
            case .end(let digest): (.end, digest)
            }
        var frame = ByteBuffer()
        frame.reserveCapacity(FrameDecoder.headBytes + 1 + payload.readableBytes)
        frame.writeInteger(UInt32(1 + payload.readableBytes))
        frame.writeInteger(kind.rawValue)
        frame.writeImmutableBuffer(payload)
        return frame
    }
}

/// What the receiver of a file says, each a frame of one byte.
enum FileAnswer: UInt8 {
    /// Before the header: it may come.
    case ready = 1
    /// Instead: another file is on its way.
    case busy = 2
    /// After the end: it is whole and synced, and the node was told.
    case stored = 3
    /// Instead: it could not be kept.
    case refused = 4

    /// `nil` when it is none.
    init?(_ frame: ByteBuffer) {
        guard frame.readableBytes == 1, let byte = frame.getInteger(at: frame.readerIndex, as: UInt8.self) else {
            return nil
        }
        self.init(rawValue: byte)
    }

    /// As a frame, with its length.
    var framed: ByteBuffer { .frame([rawValue]) }
}
