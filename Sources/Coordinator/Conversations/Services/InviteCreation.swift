import Checks

/// Makes an invite. The text is made of the node's randomness when its turn comes, and leaves only once the registry
/// holds its digest.
struct InviteCreation: Conversation {
    let request: RequestID
    let uses: Int
    let expiresAt: Timestamp
    private var text = ""

    init(request: RequestID, uses: Int, expiresAt: Timestamp) {
        self.request = request
        self.uses = uses
        self.expiresAt = expiresAt
    }

    var delivery: DeliveryOutcome { .unknown }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin:
            text = Self.text(of: UInt128(node.entropy.word()) << 64 | UInt128(node.entropy.word()))
            let digest = node.identity.inviteDigest(text)
            node.propose(.createInvite(digest: digest, uses: uses, expiresAt: expiresAt), step: 0)
            return .goesOn
        case .registry(_, .success(.refused(let refusal))): node.refuse(request, refusal.refusal)
        case .registry(_, .success): node.reply(request, .invite(text, expiresAt: expiresAt))
        case .registry(_, .failure(let loss)): node.refuse(request, loss)
        default: return .goesOn
        }
        return .finished
    }

    /// 22 characters of base64url.
    private static func text(of bits: UInt128) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        let characters = stride(from: 126, through: 0, by: -6).map { alphabet[Int(bits >> UInt128($0) & 63)] }
        return String(decoding: characters, as: UTF8.self)
    }
}
