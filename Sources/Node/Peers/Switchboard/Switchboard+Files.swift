import HashRing
import NIOCore

extension Switchboard {
    /// A connection on which a peer sends a file.
    func takeFile(_ node: NodeID, _ channel: any Channel) throws {
        guard filesIn < PeerLimits.filesAtOnce else {
            channel.writeAndFlush(FileAnswer.busy.framed).whenComplete { _ in channel.close(promise: nil) }
            return
        }
        try FileStall.watch(channel, limits)
        let wrapped = try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        filesIn += 1
        jobQueue.yield(.file(wrapped, from: node))
    }

    func fileInIsOver() { filesIn -= 1 }

    /// Whether a file may be sent now; ``fileOutIsOver()`` must follow then.
    func mayBeginFileOut() -> Bool {
        guard !isStopped, filesOut < PeerLimits.filesAtOnce else { return false }
        filesOut += 1
        return true
    }

    func fileOutIsOver() { filesOut -= 1 }
}
