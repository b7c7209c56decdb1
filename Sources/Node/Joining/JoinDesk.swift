import Coordinator
import Foundation
import X509

/// Answers newcomers: the token is judged by the registry; then this node signs.
package struct JoinDesk: Sendable {
    /// Asks the registry; `nil` while the node is just starting.
    private let performer: (any RequestPerforming)?

    package init(performer: (any RequestPerforming)?) { self.performer = performer }

    package func answer(_ bytes: [UInt8]) async -> [UInt8] {
        let answer: JoinAnswer
        do { answer = try await admit(bytes) } catch {
            answer = JoinAnswer(refusal: "\(error)")
        }
        return (try? answer.encoded()) ?? []
    }

    private func admit(_ bytes: [UInt8]) async throws -> JoinAnswer {
        let request = try JoinRequest(encoded: bytes)
        // Before the token is spent: whoever becomes a member can be given its certificate.
        let key = try request.certificateKey()
        let image: [UInt8]
        switch try await join(request) {
        case .answered(.success(.joined(let registry))): image = registry
        case .answered(.failure(let refusal)): throw JoinRefusal(refusal.sentence)
        default: throw JoinRefusal("the cluster gave no answer; try again")
        }
        let registry = try Registry(image: image)
        let authority = try CertificateAuthority(
            certificateDER: registry.secrets.authorityCertificate, keyDER: registry.secrets.authorityKey)
        let certificate = try authority.issue(for: key, node: request.node, hosts: request.hosts, now: Date())
        return JoinAnswer(
            cluster: registry.cluster, certificate: Base64URL.encode(try certificate.derBytes()),
            registry: Base64URL.encode(image))
    }

    private func join(_ request: JoinRequest) async throws -> Performed {
        let newcomer = try request.newcomer()
        guard let performer else { throw JoinRefusal("this node is just starting; try again") }
        return await performer.perform(.join(newcomer))
    }
}
