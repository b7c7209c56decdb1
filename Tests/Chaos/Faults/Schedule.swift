import SeededRandom

/// What is done when: all of it from the seed. Only whom it hits depends on the cluster as it is then, and of several who are
/// alike a draw of the schedule chooses.
struct Schedule: Sequence, IteratorProtocol {
    struct Step: Sendable {
        var kind: FaultKind
        /// How long nothing is done before.
        var calm: Double
        /// How long it lasts, where it lasts.
        var seconds: Double
        var draw: UInt64
    }

    private let kinds: [FaultKind]
    private var random: SplitMix64
    /// What has not been done since all of them were: so that a short run sees many.
    private var bag: [FaultKind] = []

    init(seed: UInt64, kinds: [FaultKind]) {
        self.kinds = kinds
        random = SplitMix64(seed: seed)
    }

    mutating func next() -> Step? {
        guard !kinds.isEmpty else { return nil }
        if bag.isEmpty { bag = kinds.shuffled(using: &random) }
        let kind = bag.removeLast()
        let calm = random.seconds(Limits.calmSeconds)
        var seconds = random.seconds(Limits.faultSeconds)
        // What is granted at its beginning must still be submitted while it lasts.
        if kind == .lateSubmits { seconds += Limits.latestSubmitSeconds }
        return Step(kind: kind, calm: calm, seconds: seconds, draw: random.next())
    }
}
