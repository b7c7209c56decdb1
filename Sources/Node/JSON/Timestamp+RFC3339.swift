import Checks

/// A time as the interface writes it: RFC 3339, UTC, milliseconds.
extension Timestamp {
    /// The years that RFC 3339 can write.
    private static let first: Int64 = -62_167_219_200_000
    private static let last: Int64 = 253_402_300_799_999

    /// `2026-11-24T02:08:11.042Z`; a time outside the years 0 to 9999 is written as the nearest inside.
    package var text: String {
        let clamped = min(max(milliseconds, Self.first), Self.last)
        let (days, inDay) = Self.divide(clamped, 86_400_000)
        let date = CivilDate(daysSinceEpoch: days)
        var digits: [UInt8] = []
        digits.reserveCapacity(24)
        func append(_ number: Int64, width: Int, then separator: Unicode.Scalar) {
            var divisor: Int64 = [1, 10, 100, 1000][width - 1]
            while divisor > 0 {
                digits.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
                divisor /= 10
            }
            digits.append(UInt8(ascii: separator))
        }
        append(date.year, width: 4, then: "-")
        append(date.month, width: 2, then: "-")
        append(date.day, width: 2, then: "T")
        append(inDay / 3_600_000, width: 2, then: ":")
        append(inDay / 60_000 % 60, width: 2, then: ":")
        append(inDay / 1000 % 60, width: 2, then: ".")
        append(inDay % 1000, width: 3, then: "Z")
        return String(decoding: digits, as: UTF8.self)
    }

    fileprivate static func divide(_ value: Int64, _ divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Timestamp {
    /// Reads RFC 3339 with any offset and any number of fraction digits (beyond milliseconds they are dropped).
    ///
    /// A leap second counts as the second after it. `nil` for anything that is not a date of the calendar.
    package init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        func number(_ width: Int) -> Int64? {
            guard rest.count >= width else { return nil }
            var value: Int64 = 0
            for byte in rest.prefix(width) {
                guard byte &- UInt8(ascii: "0") < 10 else { return nil }
                value = value * 10 + Int64(byte - UInt8(ascii: "0"))
            }
            rest = rest.dropFirst(width)
            return value
        }
        func skip(_ scalars: Unicode.Scalar...) -> Bool {
            guard let byte = rest.first, scalars.contains(Unicode.Scalar(byte)) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
            skip("T", "t", " "), let hour = number(2), skip(":"), let minute = number(2), skip(":"),
            let second = number(2), hour < 24, minute < 60, second <= 60,
            let days = CivilDate(year: year, month: month, day: day).daysSinceEpoch
        else { return nil }
        var fraction: Int64 = 0
        if skip(".") {
            var scale: Int64 = 100
            var count = 0
            while let digit = number(1) {
                fraction += digit * scale
                scale /= 10
                count += 1
            }
            guard count > 0 else { return nil }
        }
        var offset: Int64 = 0
        if !skip("Z", "z") {
            let isWest = rest.first == UInt8(ascii: "-")
            guard skip("+", "-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (isWest ? -60_000 : 60_000)
        }
        guard rest.isEmpty else { return nil }
        let inDay = ((hour * 60 + minute) * 60 + second) * 1000 + fraction
        self.init(milliseconds: days * 86_400_000 + inDay - offset)
    }
}

/// The proleptic Gregorian calendar, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
private struct CivilDate {
    var year: Int64
    var month: Int64
    var day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    init(daysSinceEpoch: Int64) {
        let (era, dayOfEra) = Timestamp.divide(daysSinceEpoch + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// `nil` for a day that the calendar does not have.
    var daysSinceEpoch: Int64? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = Timestamp.divide(shiftedYear, 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
        let back = CivilDate(daysSinceEpoch: days)
        return back.year == year && back.month == month && back.day == day ? days : nil
    }
}
