import Foundation
import NIOCore
import NIOPosix
import NIOSSL
import Node
import Testing

@Suite("HTTPS with the cluster's own certificates", .timeLimit(.minutes(1)))
struct TLSTests {
    @Test(
        "a client that trusts the authority is answered, by name and by address", arguments: ["localhost", "127.0.0.1"])
    func trusted(host: String) async throws {
        let (authority, server) = try Self.certificates()
        try await TestServer.run(certificate: ServedCertificate(server)) { server in
            var client = TLSConfiguration.makeClientConfiguration()
            client.trustRoots = .certificates([authority])
            let status = try await Self.status(of: server.port, client, host: host)
            #expect(status == "HTTP/1.1 200 OK")
        }
    }

    @Test("TLS 1.1 is refused, and so is a client that does not trust the authority")
    func refused() async throws {
        let (authority, server) = try Self.certificates()
        try await TestServer.run(certificate: ServedCertificate(server)) { server in
            var old = TLSConfiguration.makeClientConfiguration()
            old.trustRoots = .certificates([authority])
            old.minimumTLSVersion = .tlsv1
            old.maximumTLSVersion = .tlsv11
            await #expect(throws: (any Error).self) { try await Self.status(of: server.port, old, host: "localhost") }
            let stranger = TLSConfiguration.makeClientConfiguration()
            await #expect(throws: (any Error).self) {
                try await Self.status(of: server.port, stranger, host: "localhost")
            }
        }
    }

    @Test("plain HTTP on the TLS port ends the connection without a crash; the server goes on")
    func plain() async throws {
        let (authority, server) = try Self.certificates()
        try await TestServer.run(certificate: ServedCertificate(server)) { server in
            // The server may close before all of it was sent: that is an end, too.
            let answer = try? await server.send("GET", "/healthz")
            #expect(answer?.status != 200)
            var client = TLSConfiguration.makeClientConfiguration()
            client.trustRoots = .certificates([authority])
            let status = try await Self.status(of: server.port, client, host: "localhost")
            #expect(status == "HTTP/1.1 200 OK")
        }
    }

    @Test("a renewed certificate is shown to new connections at once; those that are open go on")
    func renewed() async throws {
        let (old, oldServer) = try Self.certificates()
        let (new, newServer) = try Self.certificates()
        let certificate = try ServedCertificate(oldServer)
        try await TestServer.run(certificate: certificate) { server in
            func client(_ authority: NIOSSLCertificate) -> TLSConfiguration {
                var client = TLSConfiguration.makeClientConfiguration()
                client.trustRoots = .certificates([authority])
                return client
            }
            try await Self.connected(to: server.port, client(old)) { before in
                try certificate.renew(newServer)
                #expect(try await Self.status(of: server.port, client(new), host: "localhost") == "HTTP/1.1 200 OK")
                await #expect(throws: (any Error).self) {
                    try await Self.status(of: server.port, client(old), host: "localhost")
                }
                #expect(try await before() == "HTTP/1.1 200 OK")
            }
        }
    }

    private static func certificates() throws -> (authority: NIOSSLCertificate, server: TLSConfiguration) {
        let now = Date()
        let authority = try CertificateAuthority.found(cluster: "test", now: now)
        let node = try authority.issue(node: "n1", hosts: [], now: now).forTLS()
        let root = try authority.forTLS()
        return (root, HTTPFaceConfiguration.tls(certificates: [node.certificate], key: node.key))
    }

    private static func status(of port: Int, _ tls: TLSConfiguration, host: String) async throws -> String {
        try await connected(to: port, tls, host: host) { try await $0() }
    }

    /// Opens a connection, and hands `body` what asks one question on it and gives the first line of the answer.
    private static func connected<Value: Sendable>(
        to port: Int, _ tls: TLSConfiguration, host: String = "localhost",
        _ body: (_ ask: @escaping () async throws -> String) async throws -> Value
    ) async throws -> Value {
        let context = try NIOSSLContext(configuration: tls)
        let isAddress = host.first?.isNumber == true
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    // An address is not sent as a server name, but the certificate is held against it all the same.
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
                    try channel.pipeline.syncOperations.addHandler(handler)
                    return try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await body {
                try await outbound.write(
                    ByteBuffer(bytes: TestServer.request("GET", "/healthz", headers: ["Connection: close"])))
                var text = ""
                for try await chunk in inbound { text += String(buffer: chunk) }
                return String(text.prefix { $0 != "\r\n" })
            }
        }
    }
}
