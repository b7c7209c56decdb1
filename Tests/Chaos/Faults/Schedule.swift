import SeededRandom

/// What is done when: all of it from the seed. Only whom it hits depends on the cluster as it is then, and of several who are
/// alike a draw of the schedule chooses.
package struct Schedule: Sequence, IteratorProtocol {
    package struct Step: Hashable, Sendable {
        package var kind: FaultKind
        /// How long nothing is done before.
        package var calm: Double
        /// How long it lasts, where it lasts.
        package var seconds: Double
        package var draw: UInt64
    }

    private let kinds: [FaultKind]
    private var random: SplitMix64
    /// What has not been done since all of them were: so that a short run sees many.
    private var bag: [FaultKind] = []

    package init(seed: UInt64, kinds: [FaultKind]) {
        self.kinds = kinds
        random = SplitMix64(seed: seed)
    }

    package mutating func next() -> Step? {
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
