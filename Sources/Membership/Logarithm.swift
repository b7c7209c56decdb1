/// Logarithms to the precision that timeouts need, without a mathematics library: the same bits on every machine.
enum Logarithm {
    /// To base 10 of `count`, at least 1. Exact to nine digits: the exponent, and the series of artanh for the rest.
    static func decimal(_ count: Int) -> Double {
        let value = Double(max(count, 1))
        let ratio = (value.significand - 1) / (value.significand + 1)
        let square = ratio * ratio
        var sum = 0.0
        var power = ratio
        for divisor in stride(from: 1.0, through: 21.0, by: 2.0) {
            sum += power / divisor
            power *= square
        }
        let natural = 2 * sum + Double(value.exponent) * 0.693_147_180_559_945_3
        return natural * 0.434_294_481_903_251_8
    }

    /// ceil(log10(`count` + 1)): the number of decimal digits of `count`.
    static func digits(_ count: Int) -> Int {
        var digits = 1
        var rest = count / 10
        while rest > 0 {
            digits += 1
            rest /= 10
        }
        return digits
    }
}
