/// Who calls: the id and the secret of a client, or of an operator (`op-NAME`).
public struct Credential: Hashable, Sendable {
    /// A client's account id, or `op-NAME`.
    public let id: String
    /// Known to the caller alone.
    public let secret: String

    /// A credential.
    public init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// Reads `ID.SECRET`, as an operator's token file holds it.
    ///
    /// - Throws: ``ClientError/badInput(_:)`` for anything else.
    public init(token: String) throws(ClientError) {
        let parts = token.trimmed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty,
            token.trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { throw .badInput("the token is not of the form ID.SECRET; take the file that the founding node wrote") }
        id = String(parts[0])
        secret = String(parts[1])
    }

    /// The value of the `Authorization` header.
    package var authorization: String { "Bearer \(id).\(secret)" }
}

extension String {
    /// Without the blanks and line ends around it.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
