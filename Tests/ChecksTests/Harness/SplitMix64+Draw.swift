import SeededRandom

extension SplitMix64 {
    /// The randomness of a command.
    mutating func draw() -> UInt128 { UInt128(next()) << 64 | UInt128(next()) }
}
