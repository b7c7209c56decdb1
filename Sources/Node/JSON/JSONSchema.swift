/// What a body must look like. One description checks bodies and is published in `/openapi.json`.
package indirect enum JSONSchema: Sendable {
    /// Judged elsewhere, row by row.
    case any(described: JSONShape)
    case boolean
    case integer(ClosedRange<Int>)
    case number(ClosedRange<Double>)
    case string(JSONStringRule)
    case array(of: JSONSchema, count: ClosedRange<Int>)
    case object([JSONProperty])
    /// The first alternative whose type fits judges the value.
    case oneOf([JSONSchema])
}

package struct JSONProperty: Sendable {
    package var name: StaticString
    package var schema: JSONSchema
    package var isRequired: Bool
    /// For the reader of the OpenAPI document.
    package var note: String

    package static func required(_ name: StaticString, _ schema: JSONSchema, _ note: String = "") -> JSONProperty {
        JSONProperty(name: name, schema: schema, isRequired: true, note: note)
    }

    package static func optional(_ name: StaticString, _ schema: JSONSchema, _ note: String = "") -> JSONProperty {
        JSONProperty(name: name, schema: schema, isRequired: false, note: note)
    }
}

/// What a string must be, beyond being a string.
package struct JSONStringRule: Sendable {
    /// In words, for the one whose string was refused: "1 to 15 of A-Z a-z 0-9 _".
    package var meaning: String
    /// For the OpenAPI document.
    package var pattern: String?
    package var choices: [String] = []
    package var accepts: @Sendable (String) -> Bool

    package init(_ meaning: String, pattern: String? = nil, accepts: @escaping @Sendable (String) -> Bool) {
        self.meaning = meaning
        self.pattern = pattern
        self.accepts = accepts
    }

    package static func oneOf(_ choices: [String]) -> JSONStringRule {
        let meaning = choices.count == 1 ? "\"\(choices[0])\"" : "one of " + choices.joined(separator: ", ")
        var rule = JSONStringRule(meaning) { choices.contains($0) }
        rule.choices = choices
        return rule
    }

    package static func length(_ range: ClosedRange<Int>) -> JSONStringRule {
        JSONStringRule("\(range.lowerBound) to \(range.upperBound) characters") {
            range.contains($0.unicodeScalars.count)
        }
    }
}

/// The shape of a value that is judged elsewhere, for the OpenAPI document only.
package struct JSONShape: Sendable {
    package var schema: JSONSchema?

    package static let anything = JSONShape(schema: nil)
    package static func described(as schema: JSONSchema) -> JSONShape { JSONShape(schema: schema) }
}

/// A body that is JSON and yet not what was asked for.
package struct JSONFieldError: Error, Equatable, Sendable {
    package enum Kind: Sendable {
        /// Not the JSON type that belongs there; `400`.
        case wrongType
        /// Missing, unknown or out of range; `422`.
        case invalid
    }

    package var kind: Kind
    package var path = JSONPath()
    package var reason: String

    package init(_ kind: Kind, _ reason: String, at path: JSONPath = JSONPath()) {
        self.kind = kind
        self.path = path
        self.reason = reason
    }

    func within(_ component: JSONPath.Component) -> JSONFieldError {
        var error = self
        error.path.prepend(component)
        return error
    }
}
