import Consensus

extension SplitMix64 {
    /// `true` once in `times`.
    package mutating func oneIn(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &self) == 0 }
}
