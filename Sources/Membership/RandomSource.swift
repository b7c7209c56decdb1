/// SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014): one word of state, the
/// same numbers on every machine. Ranges are reduced here, not by the standard library, whose way may change.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private var state: UInt64

    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// Uniform in `0 ..< bound`; `bound` above 0.
    package mutating func index(below bound: Int) -> Int {
        precondition(bound > 0, "an index is drawn from a range that is not empty")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// True `favourable` times in `cases`.
    package mutating func chance(_ favourable: Int, in cases: Int) -> Bool {
        favourable >= cases || index(below: cases) < favourable
    }

    /// Uniform in `.zero ..< bound`, by whole microseconds.
    package mutating func duration(below bound: Duration) -> Duration {
        let microseconds = Int(bound / .microseconds(1))
        return microseconds > 0 ? .microseconds(index(below: microseconds)) : .zero
    }

    /// The finisher: a bijection of 64 bits in which each input bit moves half of the output bits.
    package static func mix(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
