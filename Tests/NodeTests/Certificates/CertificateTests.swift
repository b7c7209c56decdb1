import Foundation
import Node
import Testing
import X509

@Suite("A cluster makes its own certificates")
struct CertificateTests {
    static let founding = Date(timeIntervalSince1970: 1_767_225_600)

    @Test("an empty folder gets an authority and a certificate for the loopback names and the advertised host")
    func founding() throws {
        try Self.withFolder { folder in
            let made = try Self.prepare(folder)
            let names = try #require(try made.node.certificate.extensions.subjectAlternativeNames)
            #expect(names.contains(.dnsName("localhost")))
            #expect(names.contains(.dnsName("check.example")))
            #expect(names.contains(.uniformResourceIdentifier("dmcheck://c/n1")))
            #expect(names.count == 5)
            #expect(
                made.authority.publicKey.isValidSignature(made.node.certificate.signature, for: made.node.certificate))
            let lifetime = made.node.certificate.notValidAfter.timeIntervalSince(Self.founding)
            #expect(lifetime == 90 * 86400)
            for file in ["ca.pem", "ca.key", "node.pem", "node.key"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + file)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
            }
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path)
            #expect(attributes[.posixPermissions] as? Int == 0o700)
        }
    }

    @Test(
        "started again, it carries on with what it has; at 60 days the node's certificate is renewed, the authority stays"
    )
    func renewal() throws {
        try Self.withFolder { folder in
            let first = try Self.prepare(folder)
            let again = try Self.prepare(folder, after: 59)
            #expect(again.node.certificate == first.node.certificate)
            let renewed = try Self.prepare(folder, after: 60)
            #expect(renewed.node.certificate != first.node.certificate)
            #expect(renewed.authority == first.authority)
            #expect(try Self.prepare(folder, after: 61).node.certificate == renewed.node.certificate)
        }
    }

    @Test("another advertised host gets another certificate")
    func otherHost() throws {
        try Self.withFolder { folder in
            let first = try Self.prepare(folder)
            let moved = try folder.prepare(
                cluster: "c", node: "n1", hosts: ["192.0.2.7"], mayFound: true, now: Self.founding)
            #expect(moved.node.certificate != first.node.certificate)
            #expect(!moved.node.needsRenewal(hosts: ["192.0.2.7"], now: Self.founding))
            #expect(moved.node.needsRenewal(hosts: ["192.0.2.8"], now: Self.founding))
        }
    }

    @Test(
        "a folder that is damaged is refused with the file's name and a remedy",
        arguments: ["ca.pem", "node.key", "node.pem"])
    func damaged(file: String) throws {
        try Self.withFolder { folder in
            _ = try Self.prepare(folder)
            try Data("nonsense".utf8).write(to: URL(fileURLWithPath: folder.path + "/" + file))
            let error = #expect(throws: StartError.self) { try Self.prepare(folder) }
            #expect(error?.problem.contains(file) == true)
        }
    }

    @Test("an authority of another cluster does not pass")
    func foreignAuthority() throws {
        try Self.withFolder { folder in
            _ = try Self.prepare(folder)
            try Self.withFolder { other in
                _ = try Self.prepare(other)
                for file in ["ca.pem", "ca.key"] {
                    let bytes = try Data(contentsOf: URL(fileURLWithPath: other.path + "/" + file))
                    try bytes.write(to: URL(fileURLWithPath: folder.path + "/" + file))
                }
                #expect(throws: StartError.self) { try Self.prepare(folder) }
            }
        }
    }

    @Test("where no cluster may be founded, missing certificates are an error")
    func joiner() throws {
        try Self.withFolder { folder in
            #expect(throws: StartError.self) {
                try folder.prepare(cluster: "c", node: "n2", hosts: [], mayFound: false, now: Self.founding)
            }
        }
    }

    private static func prepare(_ folder: CertificateFolder, after days: Double = 0) throws
        -> CertificateFolder.Contents
    {
        try folder.prepare(
            cluster: "c", node: "n1", hosts: ["check.example"], mayFound: true,
            now: founding.addingTimeInterval(days * 86400))
    }

    private static func withFolder(_ body: (CertificateFolder) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(CertificateFolder(path: path))
    }
}
