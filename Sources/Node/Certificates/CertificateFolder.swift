import Foundation
import SwiftASN1
import X509

/// The folder `certs` of a node: `ca.pem`, `node.pem`, `node.key`. Everything in it is `0600`, itself `0700`; each file is
/// replaced as a whole.
///
/// Where a cluster is founded, `ca.key` lies here until the registry holds the authority's key; then
/// ``removeAuthorityKey()`` takes it away. While a certificate is replaced, `node.new` holds both halves of the next one.
package struct CertificateFolder: Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    package struct Contents: Sendable {
        package var authority: Certificate
        /// Where the authority's key is kept; elsewhere it stays with the registry.
        package var authorityKey: Certificate.PrivateKey?
        package var node: NodeCertificate

        package init(authority: Certificate, authorityKey: Certificate.PrivateKey? = nil, node: NodeCertificate) {
            self.authority = authority
            self.authorityKey = authorityKey
            self.node = node
        }
    }

    private var authorityFile: String { path + "/ca.pem" }
    private var authorityKeyFile: String { path + "/ca.key" }
    private var nodeFile: String { path + "/node.pem" }
    private var nodeKeyFile: String { path + "/node.key" }
    private var nextFile: String { path + "/node.new" }

    /// Loads the certificates, or makes them where there are none yet; renews the node's when it is due.
    ///
    /// - Parameters:
    ///   - hosts: names and addresses by which the node is reached, besides the loopback's.
    ///   - mayFound: whether an empty folder is the beginning of a cluster, so that an authority is made.
    package func prepare(
        cluster: String, node: String, hosts: [String], mayFound: Bool, now: Date
    ) throws(StartError) -> Contents {
        guard var contents = try load(now: now) else {
            guard mayFound else {
                throw StartError(
                    "the certificates in \(path) are gone", remedy: "restore the folder, or join again with a new token"
                )
            }
            let authority = try made { try CertificateAuthority.found(cluster: cluster, now: now) }
            let issued = try made { try authority.issue(node: node, hosts: hosts, now: now) }
            let contents = Contents(authority: authority.certificate, authorityKey: authority.key, node: issued)
            try store(contents)
            return contents
        }
        let isDue =
            contents.node.needsRenewal(hosts: hosts, now: now) || !contents.node.isWhole
            || !contents.node.names(cluster: cluster, node: node)
        if let key = contents.authorityKey, isDue {
            let authority = CertificateAuthority(certificate: contents.authority, key: key)
            contents.node = try made { try authority.issue(node: node, hosts: hosts, now: now) }
            try store(contents)
        }
        return contents
    }

    /// Writes the authority first, then the node's certificate and key as one file, then each of the two by itself: a crash in
    /// between leaves the old pair or the new one, never half of each.
    package func store(_ contents: Contents) throws(StartError) {
        try PrivateFile.makeFolder(path)
        if let key = contents.authorityKey { try write(pem(key), to: authorityKeyFile) }
        try write(pem(contents.authority), to: authorityFile)
        try write(pem(contents.node.certificate) + pem(contents.node.key), to: nextFile)
        try settle()
    }

    /// Removes `ca.key`: to be called once the registry holds the authority and its key, durably.
    package func removeAuthorityKey() throws(StartError) { try remove(authorityKeyFile) }

    /// Finishes what ``store(_:)`` began.
    private func settle() throws(StartError) {
        guard let next = try PrivateFile.read(nextFile) else { return }
        let text = String(decoding: next, as: UTF8.self)
        guard let end = text.range(of: Self.certificateEnd)?.upperBound else {
            throw StartError("\(nextFile) holds no certificate", remedy: "restore it from a backup of this folder")
        }
        try write(String(text[end...]), to: nodeKeyFile)
        try write(String(text[..<end]), to: nodeFile)
        try remove(nextFile)
    }

    private static let certificateEnd = "-----END CERTIFICATE-----\n"

    /// - Returns: `nil` when there is no certificate of a node yet.
    /// - Throws: what is wrong with a file, and what to do about it.
    package func load(now: Date) throws(StartError) -> Contents? {
        try settle()
        guard let nodePEM = try PrivateFile.read(nodeFile) else { return nil }
        let authority = try certificate(required(authorityFile), authorityFile)
        let node = try certificate(nodePEM, nodeFile)
        let key = try privateKey(required(nodeKeyFile), nodeKeyFile)
        var authorityKey: Certificate.PrivateKey?
        if let pem = try PrivateFile.read(authorityKeyFile) {
            let read = try privateKey(pem, authorityKeyFile)
            guard read.publicKey == authority.publicKey else { throw mismatch(authorityKeyFile, authorityFile) }
            authorityKey = read
        }
        guard authority.publicKey.isValidSignature(node.signature, for: node) else {
            throw mismatch(nodeFile, authorityFile)
        }
        let issued = NodeCertificate(certificate: node, key: key)
        // Where the authority's key is, it is simply renewed again.
        guard issued.isWhole || authorityKey != nil else { throw mismatch(nodeKeyFile, nodeFile) }
        guard now < authority.notValidAfter else {
            throw StartError(
                "the cluster's authority in \(authorityFile) has expired", remedy: "restore as a new cluster")
        }
        return Contents(authority: authority, authorityKey: authorityKey, node: issued)
    }

    private func required(_ file: String) throws(StartError) -> [UInt8] {
        guard let bytes = try PrivateFile.read(file) else {
            throw StartError("\(file) is missing", remedy: "restore it from a backup of this folder")
        }
        return bytes
    }

    private func certificate(_ bytes: [UInt8], _ file: String) throws(StartError) -> Certificate {
        do {
            return try Certificate(pemEncoded: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw StartError("\(file) holds no certificate", remedy: "restore it from a backup of this folder")
        }
    }

    private func privateKey(_ bytes: [UInt8], _ file: String) throws(StartError) -> Certificate.PrivateKey {
        do {
            return try Certificate.PrivateKey(pemEncoded: String(decoding: bytes, as: UTF8.self))
        } catch {
            throw StartError("\(file) holds no private key", remedy: "restore it from a backup of this folder")
        }
    }

    private func mismatch(_ file: String, _ other: String) -> StartError {
        StartError("\(file) does not belong to \(other)", remedy: "restore both from one backup of this folder")
    }

    private func pem(_ certificate: Certificate) throws(StartError) -> String {
        try made { try certificate.serializeAsPEM().pemString } + "\n"
    }

    private func pem(_ key: Certificate.PrivateKey) throws(StartError) -> String {
        try made { try key.serializeAsPEM().pemString } + "\n"
    }

    /// Not synced: a file that a power loss brings back is removed again by the same call after the restart.
    private func remove(_ file: String) throws(StartError) {
        if unlink(file) != 0, errno != ENOENT { throw StartError.writing(file, errno) }
    }

    private func write(_ pem: String, to file: String) throws(StartError) {
        try PrivateFile.write(pem.utf8, to: file)
    }

    private func made<Made>(_ body: () throws -> Made) throws(StartError) -> Made {
        do {
            return try body()
        } catch {
            throw StartError(
                "a certificate cannot be made (\(error))", remedy: "check the machine's clock and --advertise")
        }
    }
}
