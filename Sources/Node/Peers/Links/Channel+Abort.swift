import NIOCore
import NIOSSL

extension Channel {
    /// Closes the connection without the farewell of TLS, which may wait for seconds for a peer that does not answer. Frames
    /// say how long they are, so that a cut one is noticed all the same.
    ///
    /// Happens in the event loop's next turn: what calls it may be in the middle of a record.
    func abort() {
        eventLoop.execute {
            if let tls = try? self.pipeline.syncOperations.context(handlerType: NIOSSLHandler.self) {
                tls.close(mode: .all, promise: nil)
            } else {
                self.close(mode: .all, promise: nil)
            }
        }
    }
}
