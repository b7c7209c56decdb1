/// A number as it was written. An integer is read from its digits, so that 64 bits survive.
package struct JSONNumber: Equatable, Sendable {
    package let text: String

    /// The value as an integer: `nil` when it has a fraction or does not fit. `3.0` and `3e0` are 3.
    package var integer: Int? {
        if let plain = Int(text) { return plain }
        let normal = normalized
        guard normal.exponent >= 0, normal.exponent < 20 else { return nil }
        return Int(normal.sign + normal.digits + String(repeating: "0", count: normal.exponent))
    }

    package var double: Double? { Double(text).flatMap { $0.isFinite ? $0 : nil } }

    /// One spelling for each value: `1`, `1.0`, `10e-1` are the same number in a parsed body.
    package var canonicalText: String {
        let normal = normalized
        return normal.digits == "0" ? "0" : normal.sign + normal.digits + "e" + String(normal.exponent)
    }

    /// The value as sign, digits without zeros at either end, and a power of ten; exact, whatever the length.
    private var normalized: (sign: String, digits: String, exponent: Int) {
        var rest = text[...]
        let sign = rest.hasPrefix("-") ? "-" : ""
        rest = rest.dropFirst(sign.count)
        let mantissa = rest.prefix { $0 != "e" && $0 != "E" }
        // An exponent beyond Int is beyond any use as well; clamped, so that equal spellings stay equal.
        let written = rest.dropFirst(mantissa.count + 1)
        var exponent = Int(written) ?? (written.isEmpty ? 0 : written.hasPrefix("-") ? -1 << 40 : 1 << 40)
        exponent = min(max(exponent, -1 << 40), 1 << 40)
        let parts = mantissa.split(separator: ".", maxSplits: 1)
        let fraction = parts.count > 1 ? parts[1] : ""
        exponent -= fraction.count
        var digits = String(parts[0] + fraction)
        while digits.count > 1, digits.hasSuffix("0") {
            digits.removeLast()
            exponent += 1
        }
        digits = String(digits.drop { $0 == "0" })
        return digits.isEmpty ? ("", "0", 0) : (sign, digits, exponent)
    }
}
