import Node

/// Holds answers against the schemas of an OpenAPI document, as far as that document uses JSON Schema.
struct DocumentedAnswers {
    let document: JSONValue

    /// The schema of what a call answers with a status; `nil` where it is not described.
    func schema(_ method: String, _ path: String, _ status: Int, type: String = "application/json") -> JSONValue? {
        let steps = ["paths", path, method.lowercased(), "responses", String(status), "content", type, "schema"]
        return steps.reduce(document) { value, step in value?.member(step) }
    }

    /// What a reference within the document leads to.
    func resolve(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(document) { value, step in
            value?.member(String(step))
        }
    }

    /// Every reference anywhere in the document.
    var references: Set<String> {
        var found: Set<String> = []
        var open = [document]
        while let value = open.popLast() {
            for (key, member) in value.members {
                if key == "$ref", let text = member.string { found.insert(text) }
                open.append(member)
            }
            open += value.elements
        }
        return found
    }

    /// Where a value is not as its schema says; a member that the schema does not have is one of these.
    func differences(_ value: JSONValue, _ schema: JSONValue, at path: String = "$") -> [String] {
        if let reference = schema["$ref"]?.string {
            guard let target = resolve(reference) else { return ["\(path): \(reference) leads nowhere"] }
            // What belongs to a kind of event is said by its name only.
            return differences(value, target, at: path).filter {
                reference != Self.event || !$0.hasSuffix(Self.unknown)
            }
        }
        if let alternatives = schema["anyOf"]?.elements {
            let all = alternatives.map { differences(value, $0, at: path) }
            return all.contains([]) ? [] : all.first ?? []
        }
        guard Self.fits(value, schema["type"]?.string ?? "") else {
            return ["\(path): not \(schema["type"]?.string ?? "?")"]
        }
        if let words = schema["enum"], !words.elements.contains(where: { $0.string == value.string }) {
            return ["\(path): '\(value.string ?? "")' is not one of the words"]
        }
        if let items = schema["items"] {
            return value.elements.enumerated().flatMap { differences($1, items, at: "\(path)[\($0)]") }
        }
        return value.kind == .object ? memberDifferences(value, schema, at: path) : []
    }

    private func memberDifferences(_ value: JSONValue, _ schema: JSONValue, at path: String) -> [String] {
        let missing = schema["required"]?.elements.compactMap(\.string).filter { value.member($0) == nil } ?? []
        return missing.map { "\(path).\($0): is missing" }
            + value.members.flatMap { key, member -> [String] in
                guard let known = schema["properties"]?.member(key.text) else {
                    return ["\(path).\(key.text)\(Self.unknown)"]
                }
                return differences(member, known, at: "\(path).\(key.text)")
            }
    }

    private static let event = "#/components/schemas/Event"
    private static let unknown = ": is not described"

    private static func fits(_ value: JSONValue, _ type: String) -> Bool {
        switch type {
        case "object": value.kind == .object
        case "array": value.kind == .array
        case "string": value.kind == .string
        case "boolean": value.kind == .true || value.kind == .false
        case "null": value.kind == .null
        case "number": value.kind == .number
        case "integer": value.number?.integer != nil
        default: false
        }
    }
}

extension JSONValue {
    /// The member with a key that is known only at run time.
    func member(_ name: String) -> JSONValue? { members.first { $0.key.text == name }?.value }
}
