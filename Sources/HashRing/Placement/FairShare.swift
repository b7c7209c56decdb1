/// What a node should hold, as an exact fraction: a floating-point 1.1 × 10 is above 11.
package struct FairShare: Hashable, Sendable {
    package let numerator: Int
    package let denominator: Int

    /// The share `numerator` / `denominator`; the denominator is above zero.
    package init(numerator: Int, denominator: Int) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The most that the node may hold: ⌈1.1 × its fair share⌉.
    package var limit: Int {
        let top = numerator * Limits.excess.numerator
        let bottom = denominator * Limits.excess.denominator
        return (top + bottom - 1) / bottom
    }

    /// The least that the node should lead: ⌈0.8 × its fair share⌉, but no more than the whole part of the share, so that
    /// all nodes can have it.
    package var floor: Int {
        let top = numerator * Limits.leading.numerator
        let bottom = denominator * Limits.leading.denominator
        return min(numerator / denominator, (top + bottom - 1) / bottom)
    }

    /// The share as a floating-point number.
    package var value: Double { Double(numerator) / Double(denominator) }
}
