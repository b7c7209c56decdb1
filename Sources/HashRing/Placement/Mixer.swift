/// A stream of pseudo-random numbers that is the same on every machine: SplitMix64.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014), section 4, with the
/// finalizer of MurmurHash3 in Stafford's variant 13.
package struct Mixer: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The stream of this seed.
    package init(seed: UInt64) {
        state = seed
    }

    /// The stream that belongs to a node.
    init(node: NodeID) {
        let low = UInt64(truncatingIfNeeded: node.rawValue)
        let high = UInt64(truncatingIfNeeded: node.rawValue >> 64)
        state = Self.finalize(Self.finalize(low &+ Self.gamma) ^ high)
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= Self.gamma
        return Self.finalize(state)
    }

    /// The next number below `bound`, by multiplication (Lemire, ACM TOMACS 29, 2019); for a bound of at most 1024 it is
    /// uneven by less than one part in 2^22, and needs no second draw.
    mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(truncatingIfNeeded: bound)) >> 32)
    }

    /// 2^64 divided by the golden ratio, made odd.
    static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func finalize(_ bits: UInt64) -> UInt64 {
        var mixed = bits
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
