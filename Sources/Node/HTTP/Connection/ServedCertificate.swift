import HummingbirdCore
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// The certificate that clients are shown: a renewed one to every new connection, while those that are open keep the one
/// that they have seen.
package final class ServedCertificate: Sendable {
    private let context: Mutex<NIOSSLContext>

    /// - Throws: what NIOSSL says of certificate or key.
    package init(_ configuration: TLSConfiguration) throws {
        context = Mutex(try NIOSSLContext(configuration: configuration))
    }

    /// From now on new connections see this one.
    ///
    /// - Throws: what NIOSSL says of certificate or key; then the one before is still shown.
    package func renew(_ configuration: TLSConfiguration) throws {
        let renewed = try NIOSSLContext(configuration: configuration)
        context.withLock { $0 = renewed }
    }

    var current: NIOSSLContext { context.withLock { $0 } }
}

/// TLS around another kind of connection, with the certificate of the moment at which it is accepted.
struct TLSConnection<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let certificate: ServedCertificate

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Base.Value> {
        let (base, context) = (base, certificate.current)
        return channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
        }.flatMap {
            base.setup(channel: channel, logger: logger)
        }
    }

    func handle(value: Base.Value, logger: Logger) async { await base.handle(value: value, logger: logger) }
}
