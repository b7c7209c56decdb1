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

    /// The share as a floating-point number.
    package var value: Double { Double(numerator) / Double(denominator) }
}
