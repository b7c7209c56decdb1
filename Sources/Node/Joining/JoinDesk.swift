import Coordinator
import Foundation
import HashRing
import X509

/// What a newcomer asks, as JSON: it is sent once in a node's life.
struct JoinRequest: Codable {
    var node: String
    var name: String
    var http: String
    var peer: String
    var zone: String
    var weight: Int
    /// Names and addresses for its certificate.
    var hosts: [String]
    /// The secret of its token, base64url.
    var secret: String
    /// Its public key, DER, base64url.
    var publicKey: String
    /// The newest version of commands that its program applies; left out by the first programs, which apply 1.
    var stateVersion: UInt32?
}

/// What it is answered.
struct JoinAnswer: Codable {
    /// Why not; nothing else is set then.
    var refusal: String?
    var cluster: String?
    /// Its certificate, DER, base64url.
    var certificate: String?
    /// The registry's image, base64url: members, keys, and the replica of group 0 that it is to be.
    var registry: String?
}

/// Answers newcomers: the token is judged by the registry; then this node signs.
struct JoinDesk {
    let network: ClusterNetwork

    func answer(_ bytes: [UInt8]) async -> [UInt8] {
        let answer: JoinAnswer
        do { answer = try await admit(bytes) } catch {
            answer = JoinAnswer(refusal: "\(error)")
        }
        return (try? Array(JSONEncoder().encode(answer))) ?? []
    }

    private func admit(_ bytes: [UInt8]) async throws -> JoinAnswer {
        let request = try JSONDecoder().decode(JoinRequest.self, from: Data(bytes))
        guard let node = NodeID(request.node), let secret = Base64URL.decode(request.secret),
            let key = Base64URL.decode(request.publicKey), (1...64).contains(request.name.utf8.count),
            HostPort(request.http) != nil, HostPort(request.peer) != nil, (1...1000).contains(request.weight),
            request.zone.utf8.count <= 64, request.hosts.count <= 8
        else { throw JoinRefusal("the request is malformed") }
        guard let performer = network.performer else { throw JoinRefusal("this node is just starting; try again") }
        let newcomer = Newcomer(
            node: node, name: request.name, http: request.http, peer: request.peer, zone: request.zone,
            weight: request.weight, tokenDigest: Digests.sha256(secret), stateVersion: request.stateVersion ?? 1)
        let image: [UInt8]
        switch await performer.perform(.join(newcomer)) {
        case .answered(.success(.joined(let registry))): image = registry
        case .answered(.failure(let refusal)): throw JoinRefusal(refusal.sentence)
        default: throw JoinRefusal("the cluster gave no answer; try again")
        }
        let registry = try Registry(image: image)
        let authority = try CertificateAuthority(
            certificateDER: registry.secrets.authorityCertificate, keyDER: registry.secrets.authorityKey)
        let certificate = try authority.issue(
            for: Certificate.PublicKey(der: key), node: request.node, hosts: request.hosts, now: Date())
        return JoinAnswer(
            cluster: registry.cluster, certificate: Base64URL.encode(try certificate.derBytes()),
            registry: Base64URL.encode(image))
    }
}

/// Why a newcomer is not taken in, in a sentence for its operator.
struct JoinRefusal: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

extension Refusal {
    /// In words, for whoever is no HTTP client.
    var sentence: String {
        Problem(self, trace: "").detail
    }
}
