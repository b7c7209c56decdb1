/// A stream of pseudo-random numbers that is the same on every machine: SplitMix64.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014), section 4; the
/// multipliers of the finalizer are variant 13 of Stafford's.
struct Mixer {
    private var state: UInt64

    /// The stream that belongs to a node.
    init(node: NodeID) {
        let low = UInt64(truncatingIfNeeded: node.rawValue)
        let high = UInt64(truncatingIfNeeded: node.rawValue >> 64)
        state = Self.finalize(Self.finalize(low &+ Self.gamma) ^ high)
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= Self.gamma
        return Self.finalize(state)
    }

    /// The next number below `bound`; for a bound of at most 1024 it is uneven by less than one part in 2^22, as
    /// Lemire's multiplication (ACM TOMACS 29, 2019) is without its rejection.
    mutating func next(below bound: Int) -> Int {
        Int(truncatingIfNeeded: ((next() >> 32) &* UInt64(bound)) >> 32)
    }

    /// The golden ratio's 64 bits, made odd.
    private static let gamma: UInt64 = 0x9E37_79B9_7F4A_7C15

    private static func finalize(_ bits: UInt64) -> UInt64 {
        var mixed = bits
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
