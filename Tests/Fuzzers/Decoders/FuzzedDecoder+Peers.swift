import Coordinator
import NIOCore
import NIOEmbedded
import Node
import Wire

/// What comes over the links between nodes.
extension FuzzedDecoder {
    /// The messages of consensus in one frame.
    static let raft = binary("raft", [Wire.GroupMessage].self)

    static let peerMessage = rewritten("peer-message") {
        try PeerMessage(encoded: $0)
    } writing: {
        $0.encoded()
    }

    static let snapshotHeader = rewritten("snapshot-header") {
        try SnapshotHeader(encoded: $0)
    } writing: {
        $0.encoded()
    }

    static let fileMessage = FuzzedDecoder("file-message") { bytes throws(BrokenPromise) in
        guard let message = FileMessage(ByteBuffer(bytes: bytes)) else { return }
        let framed = message.framed
        try expect(
            framed.getInteger(at: 0, as: UInt32.self) == UInt32(bytes.count)
                && framed.getBytes(at: FrameDecoder.headBytes, length: bytes.count) == bytes,
            "a message is framed as it was read")
    }

    /// A stream of frames in pieces, of as many bytes as the first one says: it is cut where it would be in one piece.
    static let frames = FuzzedDecoder("frames") { bytes throws(BrokenPromise) in
        guard let piece = bytes.first else { return }
        let stream = bytes.dropFirst()
        let whole = frames(of: stream, inPiecesOf: max(stream.count, 1))
        try expect(frames(of: stream, inPiecesOf: Int(piece) + 1) == whole, "the pieces do not matter")
        let total = whole.reduce(0) { $0 + FrameDecoder.headBytes + $1.readableBytes }
        try expect(total <= stream.count, "no frame is longer than what came")
    }

    private static func frames(of stream: ArraySlice<UInt8>, inPiecesOf size: Int) -> [ByteBuffer] {
        let channel = EmbeddedChannel(handler: ByteToMessageHandler(FrameDecoder(limit: 4096)))
        var frames: [ByteBuffer] = []
        var rest = stream
        while !rest.isEmpty {
            // After an error the channel closes, as a link does; what was cut before it counts.
            let failed = (try? channel.writeInbound(ByteBuffer(bytes: rest.prefix(size)))) == nil
            rest = rest.dropFirst(size)
            while let frame = (try? channel.readInbound(as: ByteBuffer.self)) ?? nil { frames.append(frame) }
            if failed { break }
        }
        _ = try? channel.finish(acceptAlreadyClosed: true)
        return frames
    }

    /// A value that may be read from more than one form: what it is written as is read back, and written the same.
    static func rewritten<Value>(
        _ name: String, reading read: @escaping @Sendable ([UInt8]) throws -> Value,
        writing write: @escaping @Sendable (Value) -> [UInt8]
    ) -> FuzzedDecoder {
        FuzzedDecoder(name) { bytes throws(BrokenPromise) in
            guard let value = try? read(bytes) else { return }
            let written = write(value)
            guard let again = try? read(written) else {
                throw BrokenPromise(description: "what is written can be read: \(value)")
            }
            try expect(write(again) == written, "what is read back is written the same: \(value)")
        }
    }
}
