/// Why bytes are not opened, or not sealed. Nothing of what was received has been believed, and nothing is answered.
package enum SealError: Error, Hashable, Sendable, CaseIterable {
    /// Shorter than the seal alone.
    case tooShort
    /// Longer than a datagram may be.
    case tooLong
    /// Of another layout.
    case wrongVersion
    /// Sealed with a key that is not in the keyring: not yet, or no more.
    case unknownKey
    /// Not sealed by a holder of the key, or for another cluster, or altered.
    case forged
    /// Opened before, or too old to tell; or from before its sender's last start; or one's own.
    case replayed
}
