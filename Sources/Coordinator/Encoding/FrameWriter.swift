import HashRing

/// Puts a message between nodes together: integers big endian at full width, what has a length after it.
struct FrameWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func put(_ flag: Bool) { bytes.append(flag ? 1 : 0) }

    mutating func put(_ node: NodeID) { put(node.rawValue) }

    /// To the end of the message.
    mutating func putRest(_ rest: [UInt8]) { bytes += rest }

    mutating func putCounted(_ part: [UInt8]) {
        put(UInt32(part.count))
        bytes += part
    }

    mutating func put(_ text: String) { putCounted(Array(text.utf8)) }
}

/// A message that is none of this program's, or was cut or changed on the way.
public struct FrameError: Error, Hashable, Sendable {
    /// What was to be read.
    public let what: String
}

/// Takes a message between nodes apart. Any bytes give a value or an error.
struct FrameReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    mutating func take<Value: FixedWidthInteger>(_ type: Value.Type) throws(FrameError) -> Value {
        let width = MemoryLayout<Value>.size
        guard rest.count >= width else { throw FrameError(what: "an integer") }
        let value = rest.prefix(width).reduce(Value(0)) { $0 << 8 | Value(truncatingIfNeeded: $1) }
        rest = rest.dropFirst(width)
        return value
    }

    mutating func takeFlag() throws(FrameError) -> Bool {
        switch try take(UInt8.self) {
        case 0: false
        case 1: true
        default: throw FrameError(what: "a flag")
        }
    }

    mutating func takeNode() throws(FrameError) -> NodeID { NodeID(rawValue: try take(UInt128.self)) }

    mutating func takeCounted() throws(FrameError) -> [UInt8] {
        let count = Int(try take(UInt32.self))
        guard count <= rest.count else { throw FrameError(what: "a counted part") }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    mutating func takeText() throws(FrameError) -> String {
        guard let text = String(validating: try takeCounted(), as: UTF8.self) else { throw FrameError(what: "a text") }
        return text
    }

    /// How many parts of at least `size` bytes follow; no more than there is room for.
    mutating func takeCount(of size: Int) throws(FrameError) -> Int {
        let count = Int(try take(UInt32.self))
        guard count <= rest.count / max(size, 1) else { throw FrameError(what: "a count") }
        return count
    }

    mutating func takeRest() -> [UInt8] {
        defer { rest = [] }
        return Array(rest)
    }

    func finish() throws(FrameError) {
        guard rest.isEmpty else { throw FrameError(what: "an end") }
    }
}
