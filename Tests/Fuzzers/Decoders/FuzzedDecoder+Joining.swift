import Coordinator
import Foundation
import Node

/// What a newcomer asks, and what it is answered.
extension FuzzedDecoder {
    /// From anyone. Whoever may become a member can be given a certificate that says who it is.
    static let joinRequest = FuzzedDecoder("join-request") { bytes throws(BrokenPromise) in
        guard let request = try? JoinRequest(encoded: bytes) else { return }
        let written = try? request.encoded()
        try expect(
            written.flatMap { try? JoinRequest(encoded: $0) } == request, "a request is read as it is written")
        guard let newcomer = try? request.newcomer(), let key = try? request.certificateKey() else { return }
        try expect("\(newcomer.node)" == request.node, "a node's id has one spelling")
        try expect(
            [newcomer.http, newcomer.peer].allSatisfy { HostPort($0)?.description == $0 },
            "an address has one spelling")
        guard let certificate = try? authority.issue(for: key, node: request.node, hosts: request.hosts, now: now)
        else { throw BrokenPromise(description: "whoever may become a member can be given a certificate") }
        try expect(
            PeerIdentity(certificate) == PeerIdentity(cluster: cluster, node: newcomer.node),
            "a certificate says who its node is, whatever hosts it asked for")
    }

    static let joinAnswer = FuzzedDecoder("join-answer") { bytes throws(BrokenPromise) in
        guard let answer = JoinAnswer(encoded: bytes) else { return }
        let written = try? answer.encoded()
        try expect(written.flatMap { JoinAnswer(encoded: $0) } == answer, "an answer is read as it is written")
        guard let welcome = try? answer.welcome() else { return }
        try expect(Base64URL.encode(welcome.image) == answer.registry, "the registry is kept as it came")
        try expect(
            (0...1024).contains(welcome.registry.shardCount), "a registry is of as many shards as a cluster can have")
    }

    private static let cluster = "fuzzed"
    private static let now = Date(timeIntervalSince1970: 1_767_225_600)

    private static let authority: CertificateAuthority = {
        do {
            return try CertificateAuthority.found(cluster: cluster, now: now)
        } catch {
            preconditionFailure("an authority can be made: \(error)")
        }
    }()
}
