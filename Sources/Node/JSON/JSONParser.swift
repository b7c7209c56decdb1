/// Reads a text once, from front to back, by recursive descent; the depth limit bounds the stack.
struct JSONParser {
    let input: UnsafeBufferPointer<UInt8>
    var position = 0
    var nodes: [JSONNode] = []
    private var depth = 0

    init(input: UnsafeBufferPointer<UInt8>) {
        self.input = input
        // A typical body has one value for every ten bytes; growing is cheap when it has more.
        nodes.reserveCapacity(input.count / 8 + 4)
    }

    static func parse(_ bytes: [UInt8]) throws(JSONSyntaxError) -> [JSONNode] {
        guard bytes.count <= JSONLimits.bytes else { throw JSONSyntaxError(reason: .tooLong, offset: JSONLimits.bytes) }
        let result: Result<[JSONNode], JSONSyntaxError> = bytes.withUnsafeBufferPointer { input in
            var parser = JSONParser(input: input)
            do throws(JSONSyntaxError) {
                try parser.text()
                return .success(parser.nodes)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func text() throws(JSONSyntaxError) {
        skipWhitespace()
        try value()
        skipWhitespace()
        guard position == input.count else { throw failure(.trailingBytes) }
    }

    private mutating func value() throws(JSONSyntaxError) {
        switch try peek() {
        case UInt8(ascii: "\""):
            position += 1
            try string()
        case UInt8(ascii: "{"): try nested { (parser) throws(JSONSyntaxError) in try parser.object() }
        case UInt8(ascii: "["): try nested { (parser) throws(JSONSyntaxError) in try parser.array() }
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
        case UInt8(ascii: "t"): try literal("true", .true)
        case UInt8(ascii: "f"): try literal("false", .false)
        case UInt8(ascii: "n"): try literal("null", .null)
        default: throw failure(.unexpectedByte)
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONSyntaxError) -> Void
    ) throws(JSONSyntaxError) {
        guard depth < JSONLimits.depth else { throw failure(.tooDeep) }
        depth += 1
        position += 1
        skipWhitespace()
        try body(&self)
        depth -= 1
    }

    private mutating func array() throws(JSONSyntaxError) {
        let index = open(.array)
        var count = 0
        if try peek() == UInt8(ascii: "]") {
            position += 1
            return close(index, count: 0)
        }
        while true {
            do throws(JSONSyntaxError) {
                try value()
            } catch {
                throw error.within(.index(count))
            }
            count += 1
            skipWhitespace()
            switch try peek() {
            case UInt8(ascii: ","):
                position += 1
                skipWhitespace()
            case UInt8(ascii: "]"):
                position += 1
                return close(index, count: count)
            default: throw failure(.unexpectedByte)
            }
        }
    }

    private mutating func object() throws(JSONSyntaxError) {
        let index = open(.object)
        var keys = JSONKeys(object: index)
        if try peek() == UInt8(ascii: "}") {
            position += 1
            return close(index, count: 0)
        }
        while true {
            guard try peek() == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
            let keyOffset = position
            position += 1
            let key = nodes.count
            try string()
            guard keys.insert(key, nodes: nodes, input: input) else {
                throw JSONSyntaxError(reason: .duplicateKey, offset: keyOffset).within(.key(keyText(key)))
            }
            skipWhitespace()
            guard try peek() == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
            position += 1
            skipWhitespace()
            do throws(JSONSyntaxError) {
                try value()
            } catch {
                throw error.within(.key(keyText(key)))
            }
            skipWhitespace()
            switch try peek() {
            case UInt8(ascii: ","):
                position += 1
                skipWhitespace()
            case UInt8(ascii: "}"):
                position += 1
                return close(index, count: keys.count)
            default: throw failure(.unexpectedByte)
            }
        }
    }

    private mutating func open(_ kind: JSONKind) -> Int {
        nodes.append(JSONNode(kind: kind, isEscaped: false, start: UInt32(position - 1), length: 0, end: 0))
        return nodes.count - 1
    }

    private mutating func close(_ index: Int, count: Int) {
        nodes[index].length = UInt32(count)
        nodes[index].end = UInt32(nodes.count)
    }

    private func keyText(_ key: Int) -> String {
        JSONText.decoded(nodes[key], in: input)
    }
}

extension JSONParser {
    func failure(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
        JSONSyntaxError(reason: reason, offset: position)
    }

    func peek() throws(JSONSyntaxError) -> UInt8 {
        guard position < input.count else { throw failure(.unexpectedEnd) }
        return input[position]
    }

    mutating func skipWhitespace() {
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func literal(_ text: StaticString, _ kind: JSONKind) throws(JSONSyntaxError) {
        let start = position
        for offset in 0..<text.utf8CodeUnitCount {
            guard try peek() == text.utf8Start[offset] else { throw failure(.unexpectedByte) }
            position += 1
        }
        append(kind, start: start, length: text.utf8CodeUnitCount)
    }

    mutating func append(_ kind: JSONKind, start: Int, length: Int, isEscaped: Bool = false) {
        nodes.append(
            JSONNode(
                kind: kind, isEscaped: isEscaped, start: UInt32(start), length: UInt32(length),
                end: UInt32(nodes.count + 1)))
    }
}
