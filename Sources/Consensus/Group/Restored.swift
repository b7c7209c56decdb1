/// What a replica finds on its disk when it starts.
public struct Restored: Sendable {
    /// The last hard state that was written.
    public var hardState: HardState
    /// The last entry of the compacted prefix (or of the snapshot that the replica was built from).
    public var base: LogMark
    /// The configuration that counted at `base`, or any later one up to the last that was applied.
    public var configuration: Configuration
    /// The log after `base`, without gaps.
    public var entries: [Entry]
    /// Up to where the state machine has applied the log; at least `base.index`, at most the last entry's.
    public var applied: LogIndex

    /// What was read back.
    public init(
        hardState: HardState, base: LogMark, configuration: Configuration, entries: [Entry], applied: LogIndex
    ) {
        self.hardState = hardState
        self.base = base
        self.configuration = configuration
        self.entries = entries
        self.applied = applied
    }

    /// A replica of a new group, which starts with `configuration` and an empty log. Every founding voter must be
    /// given the same configuration, once, at founding.
    public static func founding(_ configuration: Configuration) -> Restored {
        Restored(
            hardState: HardState(), base: .zero, configuration: configuration, entries: [], applied: .zero)
    }

    /// A replica that is about to join: it knows nothing and learns everything, its configuration included, from the
    /// group's leader. It never campaigns before a configuration names it as voter.
    public static let joining = Restored.founding(Configuration(voters: []))
}
