import Coordinator
import Foundation
import HashRing
import Node
import Testing
import X509

@Suite("What a newcomer asks for")
struct JoinRequestTests {
    @Test("a request is read as it was written, and its newcomer can be given a certificate")
    func accepted() throws {
        let sample = try JoinRequest.sample()
        #expect(try JoinRequest(encoded: try sample.encoded()) == sample)
        let newcomer = try sample.newcomer()
        #expect(newcomer.node.description == sample.node)
        #expect((newcomer.name, newcomer.http, newcomer.peer) == (sample.name, sample.http, sample.peer))
        let cluster = try PeerCluster()
        let certificate = try cluster.authority.issue(
            for: try sample.certificateKey(), node: sample.node, hosts: sample.hosts, now: Date())
        #expect(PeerIdentity(certificate) == PeerIdentity(cluster: cluster.name, node: newcomer.node))
    }

    @Test("a program that says no version applies the first")
    func firstProgram() throws {
        var request = try JoinRequest.sample()
        request.stateVersion = nil
        #expect(try JoinRequest(encoded: try request.encoded()).newcomer().stateVersion == 1)
    }

    @Test("what no member may have is refused", arguments: excesses)
    func refused(_ change: Change) throws {
        var request = try JoinRequest.sample()
        change.apply(&request)
        let read = try JoinRequest(encoded: try request.encoded())
        #expect(throws: JoinRefusal.malformed) { _ = try read.newcomer() }
    }

    @Test("a key that cannot be read is none", arguments: ["", "*", "AAAA", "MFkwEwYHKoZIzj0CAQ"])
    func key(text: String) throws {
        var request = try JoinRequest.sample()
        request.publicKey = text
        #expect(throws: JoinRefusal.malformed) { _ = try request.certificateKey() }
    }

    @Test("a request that was cut off, or is none, is refused")
    func malformed() throws {
        let whole = try JoinRequest.sample().encoded()
        for bytes in [whole.dropLast(), [], Array("[]".utf8), [UInt8](repeating: UInt8(ascii: "["), count: 60_000)] {
            #expect(throws: JoinRefusal.malformed) { _ = try JoinRequest(encoded: Array(bytes)) }
        }
    }

    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let apply: @Sendable (inout JoinRequest) -> Void
    }

    private static let excesses = [
        Change(testDescription: "an id in capitals") { $0.node = String(repeating: "A", count: 32) },
        Change(testDescription: "no name") { $0.name = "" },
        Change(testDescription: "a name of 65 bytes") { $0.name = String(repeating: "n", count: 65) },
        Change(testDescription: "an address without a port") { $0.http = "192.0.2.2" },
        Change(testDescription: "an address in another spelling") { $0.peer = "192.0.2.2:+7481" },
        Change(testDescription: "an address longer than a host's name") {
            $0.peer = String(repeating: "a", count: 254) + ":1"
        },
        Change(testDescription: "an address of two lines") { $0.http = "192.0.2.2\n:7480" },
        Change(testDescription: "no weight") { $0.weight = 0 },
        Change(testDescription: "too much weight") { $0.weight = 1001 },
        Change(testDescription: "a zone of 65 bytes") { $0.zone = String(repeating: "z", count: 65) },
        Change(testDescription: "nine hosts") { $0.hosts = Array(repeating: "a", count: 9) },
        Change(testDescription: "a host that no certificate can hold") { $0.hosts = ["nächster"] },
        Change(testDescription: "a secret that is no base64") { $0.secret = "*" },
    ]
}

extension JoinRequest {
    /// One that is in order, with a key of its own.
    static func sample() throws -> JoinRequest {
        let key = Base64URL.encode(try NodeCertificate.newKey().publicKey.derBytes())
        let secret = Base64URL.encode([UInt8](repeating: 7, count: JoinToken.partBytes))
        return try JoinRequest(
            encoded: Array(
                """
                {"node": "\(NodeID(rawValue: 2))", "name": "n2", "http": "[2001:db8::2]:7480",
                 "peer": "n2.example:7481", "zone": "b", "weight": 100, "hosts": ["n2.example", "2001:db8::2"],
                 "secret": "\(secret)", "publicKey": "\(key)", "stateVersion": 2}
                """.utf8))
    }
}
