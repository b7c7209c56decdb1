import Foundation
import HashRing
import Node
import Testing
import X509

@Suite("The authority moves into the registry")
struct AuthorityTests {
    private static let now = Date(timeIntervalSince1970: 1_767_225_600)

    @Test("an authority that is kept as bytes issues as before")
    func bytes() throws {
        let authority = try CertificateAuthority.found(cluster: "c", now: Self.now)
        let kept = try CertificateAuthority(
            certificateDER: try authority.certificate.derBytes(), keyDER: try authority.keyDER())
        #expect(kept.certificate == authority.certificate)
        #expect(kept.cluster == "c")
        let key = NodeCertificate.newKey()
        let node = NodeID(rawValue: 5)
        let issued = try kept.issue(for: key.publicKey, node: node.description, hosts: [], now: Self.now)
        #expect(authority.certificate.publicKey.isValidSignature(issued.signature, for: issued))
        #expect(PeerIdentity(issued) == PeerIdentity(cluster: "c", node: node))
        #expect(throws: CertificateMismatch.self) {
            try CertificateAuthority(
                certificateDER: try authority.certificate.derBytes(),
                keyDER: try CertificateAuthority.found(cluster: "c", now: Self.now).keyDER())
        }
    }

    @Test("a folder from before there were peers gets a certificate that names its node")
    func upgrade() throws {
        try Self.withFolder { folder in
            let first = try Self.prepare(folder, node: "n1")
            let again = try Self.prepare(folder, node: NodeID(rawValue: 1).description)
            #expect(again.node.certificate != first.node.certificate)
            #expect(PeerIdentity(again.node.certificate)?.node == NodeID(rawValue: 1))
        }
    }

    @Test("without the authority's key the folder is whole, and is not renewed by itself")
    func withoutKey() throws {
        try Self.withFolder { folder in
            let made = try Self.prepare(folder, node: "n1")
            try folder.removeAuthorityKey()
            try folder.removeAuthorityKey()
            let later = Self.now.addingTimeInterval(70 * 86400)
            let loaded = try folder.prepare(cluster: "c", node: "n1", hosts: [], mayFound: false, now: later)
            #expect(loaded.authorityKey == nil)
            #expect(loaded.node.certificate == made.node.certificate)
            #expect(loaded.node.needsRenewal(hosts: [], now: later))
        }
    }

    @Test("a crash between the two files of a renewal leaves the new pair", arguments: ["none", "key", "both"])
    func crash(written: String) throws {
        try Self.withFolder { folder in
            let authority = try CertificateAuthority.found(cluster: "c", now: Self.now)
            let old = try authority.issue(node: "n1", hosts: [], now: Self.now)
            let new = try authority.issue(node: "n1", hosts: [], now: Self.now)
            try folder.store(.init(authority: authority.certificate, node: old))
            try Self.withFolder { other in
                try other.store(.init(authority: authority.certificate, node: new))
                func file(_ name: String, in folder: CertificateFolder) -> URL {
                    URL(fileURLWithPath: folder.path + "/" + name)
                }
                let certificate = try Data(contentsOf: file("node.pem", in: other))
                let key = try Data(contentsOf: file("node.key", in: other))
                try (certificate + key).write(to: file("node.new", in: folder))
                if written != "none" { try key.write(to: file("node.key", in: folder)) }
                if written == "both" { try certificate.write(to: file("node.pem", in: folder)) }
            }
            let loaded = try #require(try folder.load(now: Self.now))
            #expect(loaded.node.certificate == new.certificate)
            #expect(loaded.node.isWhole)
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/node.new"))
        }
    }

    private static func prepare(_ folder: CertificateFolder, node: String) throws -> CertificateFolder.Contents {
        try folder.prepare(cluster: "c", node: node, hosts: [], mayFound: true, now: now)
    }

    private static func withFolder(_ body: (CertificateFolder) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(CertificateFolder(path: path))
    }
}
