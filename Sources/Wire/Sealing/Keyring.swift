/// The keys that are valid now: each opens, one, the primary, seals.
///
/// Rotation takes three steps, each of which must have reached every node before the next (as serf's keyring): the new
/// key is *installed*, *promoted*, and the old one is *removed*.
package struct Keyring: Sendable {
    /// All keys, in the order of their numbers, at most ``WireLimits/keys``.
    package let keys: [GossipKey]
    /// The number of the one that seals.
    package let primaryNumber: UInt32
    let primary: GossipKey

    /// Throws ``KeyringError`` when there are too many keys, two of one number, or no primary among them.
    package init(_ keys: [GossipKey], primary number: UInt32) throws(KeyringError) {
        guard keys.count <= WireLimits.keys else { throw .tooMany }
        guard Set(keys.map(\.number)).count == keys.count else { throw .repeatedNumber }
        guard let primary = keys.first(where: { $0.number == number }) else { throw .unknown(number) }
        self.keys = keys.sorted { $0.number < $1.number }
        self.primary = primary
        primaryNumber = number
    }

    /// With one more key, that opens.
    package func installing(_ key: GossipKey) throws(KeyringError) -> Keyring {
        try Keyring(keys + [key], primary: primaryNumber)
    }

    /// With this key as the one that seals.
    package func promoting(_ number: UInt32) throws(KeyringError) -> Keyring {
        try Keyring(keys, primary: number)
    }

    /// Without this key. The primary stays.
    package func removing(_ number: UInt32) throws(KeyringError) -> Keyring {
        guard keys.contains(where: { $0.number == number }) else { throw .unknown(number) }
        guard number != primaryNumber else { throw .isPrimary }
        return try Keyring(keys.filter { $0.number != number }, primary: primaryNumber)
    }

    /// The key of this number. O(1): there are three.
    func key(_ number: UInt32) -> GossipKey? { keys.first { $0.number == number } }
}

/// Why keys are not a keyring.
package enum KeyringError: Error, Hashable, Sendable {
    /// A key of so many bytes.
    case keyLength(Int)
    /// More keys than ``WireLimits/keys``.
    case tooMany
    /// Two keys of one number.
    case repeatedNumber
    /// No key has this number.
    case unknown(UInt32)
    /// The key that seals cannot be removed.
    case isPrimary
}
