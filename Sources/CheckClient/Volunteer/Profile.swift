import Foundation

/// A volunteer's identity, as its profile file keeps it. Whoever has the file is the volunteer.
package struct Profile: Codable, Hashable, Sendable {
    /// The account id: 1-19 digits without a leading zero.
    package var id: String
    /// The volunteer's screen name.
    package var screenName: String
    /// 32 random bytes in base64url, known to nobody else.
    package var secret: String
    /// The authority of the cluster that it works for.
    package var ca: String?
    /// Where the cluster is, if the command line does not say it.
    package var url: [String]?
    /// The invitation to register with.
    package var invite: String?

    package var credential: Credential { Credential(id: id, secret: secret) }

    /// A fresh identity.
    package init(screenName: String, using generator: inout some RandomNumberGenerator) {
        id = String(UInt64.random(in: 100_000_000_000_000_000...999_999_999_999_999_999, using: &generator))
        self.screenName = screenName
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        secret = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// What is wrong with it, if anything.
    package var fault: String? {
        let digits = id.utf8
        if !(1...19).contains(digits.count) || digits.first == 0x30
            || !digits.allSatisfy({ (0x30...0x39).contains($0) })
        {
            return "id must be 1-19 digits without a leading zero"
        }
        let allowed = secret.utf8.allSatisfy { Self.isWord($0) || $0 == UInt8(ascii: "-") }
        return allowed && (43...128).contains(secret.utf8.count)
            ? nil : "secret must be 43-128 characters of A-Z a-z 0-9 - _"
    }

    /// The screen name that a file's name suggests: what is allowed of it, at most 15 characters.
    package static func screenName(forFile path: String) -> String {
        let base = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        let allowed = base.utf8.filter(isWord).prefix(15)
        return allowed.isEmpty ? "volunteer" : String(decoding: allowed, as: UTF8.self)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension Profile {
    /// Reads the profile, or makes one (mode 0600) where there is none. Two processes that make it at once agree on one.
    ///
    /// - Throws: ``ClientError/badInput(_:)`` when the file cannot be read, written or understood.
    package static func open(_ path: String) throws(ClientError) -> Profile {
        let files = FileManager.default
        if !files.fileExists(atPath: path) {
            var generator = SystemRandomNumberGenerator()
            try Profile(screenName: screenName(forFile: path), using: &generator).create(at: path)
        }
        guard let contents = files.contents(atPath: path), contents.count <= Limits.profileBytes else {
            throw .badInput("cannot read the profile \(path); check its permissions")
        }
        guard let profile = try? JSONCoding.decode(Profile.self, from: contents) else {
            throw .badInput("the profile \(path) is not JSON with id, screenName and secret; give another --profile")
        }
        if let fault = profile.fault { throw .badInput("the profile \(path) cannot be used: \(fault)") }
        return profile
    }

    private func create(at path: String) throws(ClientError) {
        let files = FileManager.default
        let draft = "\(path).\(ProcessInfo.processInfo.processIdentifier).new"
        defer { try? files.removeItem(atPath: draft) }
        do {
            let contents = Data(try JSONCoding.encode(self) + Array("\n".utf8))
            guard files.createFile(atPath: draft, contents: contents, attributes: [.posixPermissions: 0o600]) else {
                throw ClientError.badInput("cannot write the profile \(path); check that its folder exists")
            }
            // A link is made whole or not at all; who comes second uses the first one's file.
            try files.linkItem(atPath: draft, toPath: path)
        } catch {
            guard files.fileExists(atPath: path) else {
                throw .badInput("cannot write the profile \(path); check that its folder exists")
            }
        }
    }
}
