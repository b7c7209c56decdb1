import NIOCore
import NIOPosix
import NIOSSL
import X509

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The newcomer's side of joining: one question over a link on which only the other side has proven who it is.
package enum Joining {
    /// The name that a newcomer asks for, by which the node knows not to expect a certificate. Reserved never to exist
    /// (RFC 2606).
    static let serverName = "join.dmcheck.invalid"

    /// Asks one of the addresses after the other until one answers.
    ///
    /// - Parameters:
    ///   - authorityFingerprint: SHA-256 of the certificate to which the other side's must lead.
    ///   - request: up to ``PeerLimits/joinRequestBytes``; it is sent only after that was verified.
    /// - Throws: ``JoinError``, the most telling one of all addresses.
    package static func ask(
        addresses: [HostPort], authorityFingerprint: [UInt8], request: [UInt8], limits: PeerLimits = PeerLimits(),
        eventLoopGroup: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) async throws(JoinError) -> [UInt8] {
        var worst = JoinError.noAddress
        for address in addresses {
            let link = Link(address: address, authority: authorityFingerprint, limits: limits, group: eventLoopGroup)
            do {
                return try await link.ask(request)
            } catch {
                if error.weight >= worst.weight { worst = error }
            }
        }
        throw worst
    }
}

extension JoinError {
    /// Which of several is worth telling.
    fileprivate var weight: Int {
        switch self {
        case .noAddress: 0
        case .unreachable: 1
        case .noAnswer: 2
        case .otherAuthority: 3
        }
    }
}

/// One attempt at one address.
private struct Link {
    let address: HostPort
    let authority: [UInt8]
    let limits: PeerLimits
    let group: any EventLoopGroup

    func ask(_ request: [UInt8]) async throws(JoinError) -> [UInt8] {
        let verdict = group.any().makePromise(of: Void.self)
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        do {
            channel = try await connect(verdict)
        } catch {
            verdict.fail(error)
            throw .unreachable("\(address): \(Self.reason(error))")
        }
        let answer = try? await channel.executeThenClose { inbound, outbound in
            try await verdict.futureResult.get()
            try await outbound.write(.frame(request))
            for try await answer in inbound { return Array(answer.readableBytesView) }
            return [UInt8]?.none
        }
        // It has one by now: the connection's end decides it too.
        do {
            try await verdict.futureResult.get()
        } catch let error as JoinError {
            throw error
        } catch {
            throw .unreachable("\(address): \(Self.reason(error))")
        }
        guard let answer = answer ?? nil else { throw .noAnswer }
        return answer
    }

    /// What kept a connection from being made, for people.
    private static func reason(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            error.connectionErrors.first.map { reason($0.error) } ?? "there is no host of that name"
        case let error as IOError: String(cString: strerror(error.errnoCode)).lowercased()
        case ChannelError.connectTimeout: "nobody answers"
        case ChannelError.eof: "the connection was closed before anything was said; is it the peer port?"
        default: "\(error)"
        }
    }

    private func connect(_ verdict: EventLoopPromise<Void>) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv13
        tls.applicationProtocols = [PeerCertificates.Use.join.rawValue]
        tls.certificateVerification = .noHostnameVerification
        let context = try NIOSSLContext(configuration: tls)
        let authority = authority
        let limits = limits
        return try await ClientBootstrap(group: group)
            .connectTimeout(limits.dialing)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: address.host, port: address.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let end = channel.eventLoop.scheduleTask(in: limits.introduction + limits.joinAnswer) {
                        channel.abort()
                    }
                    channel.closeFuture.whenComplete { _ in
                        end.cancel()
                        verdict.fail(ChannelError.eof)
                    }
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: Joining.serverName) {
                        chain, promise in
                        promise.completeWithTask {
                            guard await ShownChain(chain).leads(to: authority) else {
                                verdict.fail(JoinError.otherAuthority)
                                return .failed
                            }
                            verdict.succeed()
                            return .certificateVerified
                        }
                    }
                    try channel.pipeline.syncOperations.addHandlers([
                        handler, ByteToMessageHandler(FrameDecoder(limit: PeerLimits.frameBytes)),
                    ])
                    return try NIOAsyncChannel(wrappingChannelSynchronously: channel)
                }
            }
    }
}
