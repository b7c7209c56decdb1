import SeededRandom
import Synchronization

/// Draws for each packet what becomes of it, by one conduct at a time.
package final class PacketFates: Sendable {
    /// What becomes of a packet that is not lost.
    package struct Fate: Sendable {
        package let seconds: Double
        /// Others may pass it.
        package let isOvertaken: Bool
    }

    private let state = Mutex((conduct: Conduct(), random: SplitMix64(seed: 0), carried: 0))

    package init() {}

    package func behave(_ conduct: Conduct, seed: UInt64) {
        state.withLock { $0 = (conduct, SplitMix64(seed: seed), 0) }
    }

    /// How many packets came since it began to behave like this.
    package var carried: Int { state.withLock { $0.carried } }

    /// Of the next packet; nil: it is lost.
    package func next() -> Fate? {
        state.withLock { state in
            state.carried += 1
            if state.random.happens(state.conduct.loss) { return nil }
            let delay = state.random.seconds(state.conduct.delay)
            guard state.random.happens(state.conduct.reordered) else { return Fate(seconds: delay, isOvertaken: false) }
            return Fate(seconds: delay + state.random.seconds(state.conduct.held), isOvertaken: true)
        }
    }
}
