import Checks
import Coordinator

/// Who a caller says it is: `Bearer ID.SECRET`.
///
/// Only the secret's hash is carried on; the secret itself is dropped here.
extension Caller {
    /// - Parameter authorization: the value of the header field. The scheme's case does not matter.
    /// - Returns: ``Caller/nobody`` for anything that is not of the form.
    package init(authorization: String) {
        self = Self.parse(authorization) ?? .nobody
    }

    /// A token is at most `Bearer ` + 35 + 1 + 128 characters.
    private static let longestField = 256

    private static func parse(_ field: String) -> Caller? {
        guard field.utf8.count <= longestField, let space = field.utf8.firstIndex(of: UInt8(ascii: " ")),
            field[..<space].lowercased() == "bearer"
        else { return nil }
        let token = field[space...].drop { $0 == " " }
        guard let dot = token.utf8.firstIndex(of: UInt8(ascii: ".")),
            let secret = SecretHash(ofSecret: token[token.utf8.index(after: dot)...].utf8)
        else { return nil }
        let id = token[..<dot]
        if let client = ClientID(id) { return .client(client, secret) }
        guard id.hasPrefix("op-"), isOperatorName(id.dropFirst(3).utf8) else { return nil }
        return .operator(name: String(id.dropFirst(3)), secret)
    }

    /// 1 to 32 of `a-z 0-9 -`.
    private static func isOperatorName(_ bytes: some Collection<UInt8>) -> Bool {
        (1...32).contains(bytes.count)
            && bytes.allSatisfy { byte in
                byte &- UInt8(ascii: "0") < 10 || byte &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "-")
            }
    }
}
