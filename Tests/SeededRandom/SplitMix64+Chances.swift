extension SplitMix64 {
    /// Whether something of that many percent happens.
    package mutating func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    /// A number of seconds.
    package mutating func seconds(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &self) }
}
