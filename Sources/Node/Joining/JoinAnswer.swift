import Coordinator
import Foundation
import X509

/// What a newcomer is answered.
package struct JoinAnswer: Codable, Hashable, Sendable {
    /// Why not; nothing else is set then.
    package var refusal: String?
    package var cluster: String?
    /// Its certificate, DER, base64url.
    package var certificate: String?
    /// The registry's image, base64url: members, keys, and the replica of group 0 that it is to be.
    package var registry: String?
}

extension JoinAnswer {
    /// What a newcomer that was taken in begins with.
    package struct Welcome: Sendable {
        /// The registry, and its bytes as they came.
        package let registry: Registry
        package let image: [UInt8]
        package let certificate: Certificate
    }

    /// Reads what came over a join link; `nil` for what no node answers.
    package init?(encoded bytes: [UInt8]) {
        guard let answer = try? JSONDecoder().decode(JoinAnswer.self, from: Data(bytes)) else { return nil }
        self = answer
    }

    package func encoded() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) }

    /// `nil` when it was not taken in.
    ///
    /// - Throws: what is wrong with the registry or the certificate that it was given.
    package func welcome() throws -> Welcome? {
        guard let image = registry.flatMap(Base64URL.decode), let bytes = certificate.flatMap(Base64URL.decode) else {
            return nil
        }
        return Welcome(
            registry: try Registry(image: image), image: image, certificate: try Certificate(der: bytes))
    }
}
