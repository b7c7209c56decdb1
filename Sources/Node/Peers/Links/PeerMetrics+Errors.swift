import NIOCore
import NIOSSL

extension PeerMetrics {
    /// Counts what was wrong with a connection's bytes. A connection that only broke is nobody's fault.
    func refused(_ error: any Error) {
        switch error {
        case FrameError.long: refused(.long)
        case FrameError.truncated: refused(.truncated)
        case _ where error.isFailedHandshake: refused(.certificate)
        case NIOSSLError.uncleanShutdown: break
        case is NIOSSLError, is BoringSSLError: refused(.forged)
        default: break
        }
    }
}

extension Error {
    /// Whether this side gave up a handshake because of what the other side showed.
    var isFailedHandshake: Bool {
        switch self as? NIOSSLError {
        case .handshakeFailed(.sslError([.eofDuringHandshake])): false
        case .handshakeFailed, .unableToValidateCertificate: true
        default: false
        }
    }
}
