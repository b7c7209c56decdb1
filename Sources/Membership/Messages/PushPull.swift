/// One message of a comparison of whole views, over the reliable peer link.
///
/// An *offer* carries a digest. Equal digests end it with an *agreement*; otherwise the answer is the full *state*,
/// and whoever receives a state that asks for one sends its own back (memberlist's push/pull in three steps, so that
/// views that agree cost a few bytes whatever their size).
public struct PushPull: Hashable, Sendable {
    /// The three steps.
    public enum Content: Hashable, Sendable {
        /// Compare with this; `joining`: the sender knows nothing yet and wants the state.
        case offer(ViewDigest, joining: Bool)
        /// The digests are equal.
        case agreement
        /// All that the sender knows, itself included, at most ``Limits/members`` rows.
        case state([Member], wantsAnswer: Bool)
    }

    /// What the sender says about itself.
    public let sender: MemberRecord
    /// The version of the registry that the sender holds.
    public let registryVersion: UInt64
    /// Which step it is.
    public let content: Content

    /// Throws ``MembershipError/stateCount(_:)`` for more rows than ``Limits/members``.
    public init(sender: MemberRecord, registryVersion: UInt64, content: Content) throws(MembershipError) {
        if case .state(let members, _) = content, members.count > Limits.members {
            throw .stateCount(members.count)
        }
        self.init(checked: sender, registryVersion, content)
    }

    init(checked sender: MemberRecord, _ registryVersion: UInt64, _ content: Content) {
        self.sender = sender
        self.registryVersion = registryVersion
        self.content = content
    }
}
