import SeededRandom

/// Under a name of its own, as `Consensus` has a `SplitMix64` too.
typealias Chance = SeededRandom.SplitMix64

extension Chance {
    mutating func index(below bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    mutating func chance(_ favourable: Int, in cases: Int) -> Bool { index(below: cases) < favourable }
}
