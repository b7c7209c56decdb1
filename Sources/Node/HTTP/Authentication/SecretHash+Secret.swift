import Checks
import Crypto

/// A plain hash of the secret is enough because the secret has at least 43 characters of a random source: there is
/// nothing to guess.
extension SecretHash {
    /// `nil` when it is not of the form: 43 to 128 of `A-Z a-z 0-9 - _`.
    package init?(ofSecret secret: some Collection<UInt8>) {
        guard (43...128).contains(secret.count), secret.allSatisfy(Self.isURLSafe) else { return nil }
        self.init(Array(SHA256.hash(data: Array(secret))))
    }

    private static func isURLSafe(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: "-")
    }
}
