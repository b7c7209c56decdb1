/// The keys of the object being read, to find one that appears twice.
///
/// Almost every object is small: then keys are compared in place, without a copy. Beyond that a set keeps the cost
/// linear, and Swift's seeded hashing keeps a sender from choosing keys that collide.
struct JSONKeys {
    private let object: Int
    private(set) var count = 0
    private var set: Set<String> = []

    init(object: Int) {
        self.object = object
    }

    /// - Returns: whether the key at that node is new in this object.
    mutating func insert(_ key: Int, nodes: [JSONNode], input: UnsafeBufferPointer<UInt8>) -> Bool {
        defer { count += 1 }
        if count < JSONLimits.pairwiseKeys {
            var earlier = object + 1
            for _ in 0..<count {
                if JSONText.equal(nodes[earlier], nodes[key], in: input) { return false }
                earlier = Int(nodes[earlier + 1].end)
            }
            return true
        }
        if count == JSONLimits.pairwiseKeys {
            var earlier = object + 1
            for _ in 0..<count {
                set.insert(Self.exact(nodes[earlier], in: input))
                earlier = Int(nodes[earlier + 1].end)
            }
        }
        return set.insert(Self.exact(nodes[key], in: input)).inserted
    }

    /// Strings compare by canonical equivalence; keys are compared by code point, so each becomes its own spelling.
    private static func exact(_ node: JSONNode, in input: UnsafeBufferPointer<UInt8>) -> String {
        let text = JSONText.decoded(node, in: input)
        guard text.utf8.contains(where: { $0 >= 0x80 }) else { return text }
        return text.unicodeScalars.reduce(into: "u:") { $0 += String($1.value, radix: 16) + "," }
    }
}

/// Turning the text between quotes into what it stands for. The text has been checked by the parser.
enum JSONText {
    static func decoded(_ node: JSONNode, in input: UnsafeBufferPointer<UInt8>) -> String {
        let text = UnsafeBufferPointer(rebasing: input[Int(node.start)..<Int(node.start + node.length)])
        guard node.isEscaped else { return String(decoding: text, as: UTF8.self) }
        return String(decoding: unescaped(text), as: UTF8.self)
    }

    static func equal(_ left: JSONNode, _ right: JSONNode, in input: UnsafeBufferPointer<UInt8>) -> Bool {
        if left.isEscaped || right.isEscaped {
            return decoded(left, in: input).utf8.elementsEqual(decoded(right, in: input).utf8)
        }
        guard left.length == right.length else { return false }
        for offset in 0..<Int(left.length)
        where input[Int(left.start) + offset] != input[Int(right.start) + offset] {
            return false
        }
        return true
    }

    private static func unescaped(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\") else {
                bytes.append(text[index])
                index += 1
                continue
            }
            let escape = text[index + 1]
            index += 2
            switch escape {
            case UInt8(ascii: "b"): bytes.append(0x08)
            case UInt8(ascii: "f"): bytes.append(0x0C)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "u"):
                var code = unit(text, at: index)
                index += 4
                if (0xD800...0xDBFF).contains(code) {
                    code = 0x10000 + (code - 0xD800) << 10 + (unit(text, at: index + 2) - 0xDC00)
                    index += 6
                }
                if let scalar = Unicode.Scalar(code) { bytes.append(contentsOf: UTF8.encode(scalar) ?? .init()) }
            default: bytes.append(escape)
            }
        }
        return bytes
    }

    private static func unit(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 << 4 | UInt32(hexValue(text[index + $1]) ?? 0) }
    }

    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
