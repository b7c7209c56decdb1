extension JSONParser {
    /// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`; the text is kept, nothing is converted.
    mutating func number() throws(JSONSyntaxError) {
        let start = position
        if input[position] == UInt8(ascii: "-") { position += 1 }
        let leading = try peek()
        try digits()
        if leading == UInt8(ascii: "0"), position - start > (input[start] == UInt8(ascii: "-") ? 2 : 1) {
            throw JSONSyntaxError(reason: .invalidNumber, offset: start)
        }
        if position < input.count, input[position] == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if position < input.count, input[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if let sign = try? peek(), sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        append(.number, start: start, length: position - start)
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = position
        while position < input.count, input[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else { throw failure(position < input.count ? .invalidNumber : .unexpectedEnd) }
    }

    /// The position is after the opening quote. Eight bytes are looked at together as long as they are plain.
    mutating func string() throws(JSONSyntaxError) {
        let start = position
        var isEscaped = false
        while true {
            skipPlain()
            let byte = try peek()
            switch byte {
            case UInt8(ascii: "\""):
                append(.string, start: start, length: position - start, isEscaped: isEscaped)
                position += 1
                return
            case UInt8(ascii: "\\"):
                isEscaped = true
                position += 1
                try escape()
            case 0..<0x20: throw failure(.controlCharacter)
            case 0x80...: try multibyte(byte)
            default: position += 1
            }
        }
    }

    /// Stops at, or up to seven bytes before, the next quote, backslash, control character or byte above 0x7F.
    private mutating func skipPlain() {
        guard let base = UnsafeRawPointer(input.baseAddress) else { return }
        let ones: UInt64 = 0x0101_0101_0101_0101
        let high: UInt64 = 0x8080_8080_8080_8080
        while position + 8 <= input.count {
            let word = UInt64(littleEndian: base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let quote = word ^ (ones &* 0x22)
            let backslash = word ^ (ones &* 0x5C)
            // "Has a byte less than n" (Bit Twiddling Hacks): only the lowest hit is exact, and only that is used.
            let control = (word &- ones &* 0x20) & ~word
            let special = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | control | word
            let hits = special & high
            if hits != 0 {
                position += hits.trailingZeroBitCount >> 3
                return
            }
            position += 8
        }
    }

    private mutating func escape() throws(JSONSyntaxError) {
        let byte = try peek()
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        case UInt8(ascii: "u"):
            position += 1
            let unit = try hexUnit()
            if (0xDC00...0xDFFF).contains(unit) { throw failure(.unpairedSurrogate) }
            guard (0xD800...0xDBFF).contains(unit) else { return }
            guard position + 1 < input.count, input[position] == UInt8(ascii: "\\"),
                input[position + 1] == UInt8(ascii: "u")
            else { throw failure(.unpairedSurrogate) }
            position += 2
            guard (0xDC00...0xDFFF).contains(try hexUnit()) else { throw failure(.unpairedSurrogate) }
        default: throw failure(.invalidEscape)
        }
    }

    private mutating func hexUnit() throws(JSONSyntaxError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let digit = JSONText.hexValue(try peek()) else { throw failure(.invalidEscape) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    /// The well-formed sequences of Unicode 3.9, table 3-7: no overlong form, no surrogate, nothing above U+10FFFF.
    private mutating func multibyte(_ lead: UInt8) throws(JSONSyntaxError) {
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0xC2...0xDF: (second, length) = (0x80...0xBF, 2)
        case 0xE0: (second, length) = (0xA0...0xBF, 3)
        case 0xED: (second, length) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, length) = (0x80...0xBF, 3)
        case 0xF0: (second, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, length) = (0x80...0xBF, 4)
        case 0xF4: (second, length) = (0x80...0x8F, 4)
        default: throw failure(.invalidUTF8)
        }
        guard position + length <= input.count, second.contains(input[position + 1]) else {
            throw failure(.invalidUTF8)
        }
        for offset in 2..<max(length, 2) where input[position + offset] & 0xC0 != 0x80 {
            throw failure(.invalidUTF8)
        }
        position += length
    }
}
