extension JSONSchema {
    /// Compares a value with the schema, first all types, then everything else: so a wrong type anywhere is reported
    /// as such, whatever else is wrong with the body.
    package func check(_ value: JSONValue) throws(JSONFieldError) {
        try checkTypes(value)
        try checkValues(value)
    }

    private func checkTypes(_ value: JSONValue) throws(JSONFieldError) {
        guard admits(value.kind) else {
            throw JSONFieldError(.wrongType, "must be \(expectation), not \(value.kind.name)")
        }
        switch self {
        case .array(let element, _):
            for (index, item) in value.elements.enumerated() {
                do throws(JSONFieldError) {
                    try element.checkTypes(item)
                } catch {
                    throw error.within(.index(index))
                }
            }
        case .object(let properties):
            for member in value.members {
                guard let property = properties.first(where: { member.key == $0.name }) else { continue }
                do throws(JSONFieldError) {
                    try property.schema.checkTypes(member.value)
                } catch {
                    throw error.within(.key("\(property.name)"))
                }
            }
        case .oneOf(let alternatives):
            try alternatives.first { $0.admits(value.kind) }?.checkTypes(value)
        case .any, .boolean, .integer, .number, .string: break
        }
    }

    private func checkValues(_ value: JSONValue) throws(JSONFieldError) {
        switch self {
        case .any, .boolean: break
        case .integer(let range):
            guard let integer = value.number?.integer, range.contains(integer) else {
                throw JSONFieldError(.invalid, "must be an integer from \(range.lowerBound) to \(range.upperBound)")
            }
        case .number(let range):
            guard let number = value.number?.double, range.contains(number) else {
                throw JSONFieldError(.invalid, "must be a number from \(range.lowerBound) to \(range.upperBound)")
            }
        case .string(let rule):
            guard let text = value.string, rule.accepts(text) else {
                throw JSONFieldError(.invalid, "must be \(rule.meaning)")
            }
        case .array(let element, let count): try checkElements(value, element, count)
        case .object(let properties): try checkMembers(value, properties)
        case .oneOf(let alternatives):
            let judge = alternatives.first { $0.admits(value.kind) }
            if case .string(let rule)? = judge, !(value.string.map(rule.accepts) ?? false) {
                throw JSONFieldError(.invalid, "must be " + alternatives.map(\.allowance).joined(separator: " or "))
            }
            try judge?.checkValues(value)
        }
    }

    /// What may stand there, for the one whose string was refused where something else could stand too.
    private var allowance: String {
        if case .string(let rule) = self { rule.meaning } else { expectation }
    }

    private func checkElements(
        _ value: JSONValue, _ element: JSONSchema, _ count: ClosedRange<Int>
    ) throws(JSONFieldError) {
        guard count.contains(value.count) else {
            throw JSONFieldError(.invalid, "must have \(count.lowerBound) to \(count.upperBound) elements")
        }
        for (index, item) in value.elements.enumerated() {
            do throws(JSONFieldError) {
                try element.checkValues(item)
            } catch {
                throw error.within(.index(index))
            }
        }
    }

    private func checkMembers(_ value: JSONValue, _ properties: [JSONProperty]) throws(JSONFieldError) {
        for member in value.members {
            guard let property = properties.first(where: { member.key == $0.name }) else {
                throw JSONFieldError(.invalid, "is not a field of this body").within(.key(member.key.text))
            }
            do throws(JSONFieldError) {
                try property.schema.checkValues(member.value)
            } catch {
                throw error.within(.key("\(property.name)"))
            }
        }
        for property in properties where property.isRequired && value[property.name] == nil {
            throw JSONFieldError(.invalid, "is missing").within(.key("\(property.name)"))
        }
    }

    private func admits(_ kind: JSONKind) -> Bool {
        switch self {
        case .any: true
        case .boolean: kind == .true || kind == .false
        case .integer, .number: kind == .number
        case .string: kind == .string
        case .array: kind == .array
        case .object: kind == .object
        case .oneOf(let alternatives): alternatives.contains { $0.admits(kind) }
        }
    }

    private var expectation: String {
        switch self {
        case .any: "any value"
        case .boolean: "a boolean"
        case .integer, .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        case .oneOf(let alternatives): alternatives.map(\.expectation).joined(separator: " or ")
        }
    }
}
