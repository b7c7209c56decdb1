/// A value in a ``JSONDocument``; as cheap to pass around as two words.
package struct JSONValue: Sendable {
    let document: JSONDocument
    let index: Int

    var node: JSONNode { document.nodes[index] }

    package var kind: JSONKind { node.kind }

    /// The text of a string, escapes resolved; `nil` for anything else. Up to 15 bytes need no allocation.
    package var string: String? {
        guard node.kind == .string else { return nil }
        return document.bytes.withUnsafeBufferPointer { JSONText.decoded(node, in: $0) }
    }

    package var boolean: Bool? {
        switch node.kind {
        case .true: true
        case .false: false
        default: nil
        }
    }

    package var number: JSONNumber? {
        guard node.kind == .number else { return nil }
        return document.bytes.withUnsafeBufferPointer {
            JSONNumber(text: JSONText.decoded(node, in: $0))
        }
    }

    /// Elements of an array or members of an object.
    package var count: Int {
        switch node.kind {
        case .array, .object: Int(node.length)
        default: 0
        }
    }

    /// The elements of an array in order; empty for anything else.
    package var elements: JSONElements {
        let holds = node.kind == .array ? Int(node.length) : 0
        return JSONElements(document: document, position: index + 1, remaining: holds)
    }

    /// The members of an object in the order in which they stand; empty for anything else.
    package var members: JSONMembers {
        let holds = node.kind == .object ? Int(node.length) : 0
        return JSONMembers(document: document, position: index + 1, remaining: holds)
    }

    /// The member with that key, in time linear in the number of members.
    package subscript(key: StaticString) -> JSONValue? {
        guard node.kind == .object else { return nil }
        var next = index + 1
        for _ in 0..<Int(node.length) {
            if document.key(at: next, equals: key) { return JSONValue(document: document, index: next + 1) }
            next = Int(document.nodes[next + 1].end)
        }
        return nil
    }
}

extension JSONDocument {
    func key(at index: Int, equals key: StaticString) -> Bool {
        let node = nodes[index]
        if node.isEscaped {
            return bytes.withUnsafeBufferPointer { JSONText.decoded(node, in: $0) } == "\(key)"
        }
        guard Int(node.length) == key.utf8CodeUnitCount else { return false }
        let start = Int(node.start)
        for offset in 0..<key.utf8CodeUnitCount where bytes[start + offset] != key.utf8Start[offset] {
            return false
        }
        return true
    }
}

package struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var position: Int
    var remaining: Int

    package var underestimatedCount: Int { remaining }

    package mutating func next() -> JSONValue? {
        guard remaining > 0 else { return nil }
        remaining -= 1
        defer { position = Int(document.nodes[position].end) }
        return JSONValue(document: document, index: position)
    }
}

package struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var position: Int
    var remaining: Int

    package mutating func next() -> (key: JSONKey, value: JSONValue)? {
        guard remaining > 0 else { return nil }
        remaining -= 1
        defer { position = Int(document.nodes[position + 1].end) }
        return (JSONKey(document: document, index: position), JSONValue(document: document, index: position + 1))
    }
}

/// The key of a member; compared in place.
package struct JSONKey: Sendable {
    let document: JSONDocument
    let index: Int

    package var text: String { JSONValue(document: document, index: index).string ?? "" }

    package static func == (key: JSONKey, text: StaticString) -> Bool {
        key.document.key(at: key.index, equals: text)
    }
}
