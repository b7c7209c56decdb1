extension JSONSchema {
    /// The schema as JSON Schema 2020-12, which OpenAPI 3.1 uses.
    func write(to json: inout JSONWriter) {
        switch self {
        case .any(let shape):
            if let schema = shape.schema { schema.write(to: &json) } else { json.object { _ in } }
        case .boolean: json.object { $0.field("type", "boolean") }
        case .integer(let range):
            json.object {
                $0.field("type", "integer")
                $0.field("minimum", range.lowerBound)
                $0.field("maximum", range.upperBound)
            }
        case .number(let range):
            json.object {
                $0.field("type", "number")
                $0.field("minimum", range.lowerBound)
                $0.field("maximum", range.upperBound)
            }
        case .string(let rule): json.object { rule.write(to: &$0) }
        case .array(let element, let count):
            json.object {
                $0.field("type", "array")
                $0.key("items")
                element.write(to: &$0)
                if count.lowerBound > 0 { $0.field("minItems", count.lowerBound) }
                if count.upperBound < Int.max { $0.field("maxItems", count.upperBound) }
            }
        case .object(let properties): json.object { Self.write(properties, to: &$0) }
        case .oneOf(let alternatives):
            json.object {
                $0.array("oneOf") { for alternative in alternatives { alternative.write(to: &$0) } }
            }
        }
    }

    private static func write(_ properties: [JSONProperty], to json: inout JSONWriter) {
        json.field("type", "object")
        json.object("properties") {
            for property in properties {
                $0.key(property.name)
                property.schema.write(to: &$0)
            }
        }
        json.strings("required", properties.lazy.filter(\.isRequired).map { "\($0.name)" })
        json.field("additionalProperties", false)
        let notes = properties.filter { !$0.note.isEmpty }.map { "\($0.name): \($0.note)" }
        if !notes.isEmpty { json.field("description", notes.joined(separator: "; ")) }
    }
}

extension JSONStringRule {
    /// The members of its schema.
    func write(to json: inout JSONWriter) {
        json.field("type", "string")
        json.field("description", meaning)
        json.field("pattern", ifPresent: pattern)
        if !choices.isEmpty { json.strings("enum", choices) }
    }
}

extension QueryParameter {
    func write(schemaTo json: inout JSONWriter) {
        switch form {
        case .text(let rule): json.object { rule.write(to: &$0) }
        case .integer(let range): JSONSchema.integer(range).write(to: &json)
        case .flag: JSONSchema.boolean.write(to: &json)
        case .time:
            json.object {
                $0.field("type", "string")
                $0.field("format", "date-time")
            }
        }
    }
}
