/// Typed reading of an object's members. A body that passed its ``JSONSchema`` reads without an error; a row that is
/// judged on its own is read with this alone.
package struct JSONFields: Sendable {
    package let value: JSONValue

    /// - Throws: wrong type when the value is not an object.
    package init(_ value: JSONValue) throws(JSONFieldError) {
        guard value.kind == .object else {
            throw JSONFieldError(.wrongType, "must be an object, not \(value.kind.name)")
        }
        self.value = value
    }

    package func string(_ name: StaticString) throws(JSONFieldError) -> String {
        try required(name, optionalString(name))
    }

    package func optionalString(_ name: StaticString) throws(JSONFieldError) -> String? {
        guard let member = value[name] else { return nil }
        guard let text = member.string else { throw Self.wrongType(name, "a string", member) }
        return text
    }

    package func integer(_ name: StaticString) throws(JSONFieldError) -> Int {
        try required(name, optionalInteger(name))
    }

    package func optionalInteger(_ name: StaticString) throws(JSONFieldError) -> Int? {
        guard let member = value[name] else { return nil }
        guard let number = member.number else { throw Self.wrongType(name, "a number", member) }
        guard let integer = number.integer else {
            throw JSONFieldError(.invalid, "must be an integer", at: JSONPath(.key("\(name)")))
        }
        return integer
    }

    package func optionalDouble(_ name: StaticString) throws(JSONFieldError) -> Double? {
        guard let member = value[name] else { return nil }
        guard let number = member.number else { throw Self.wrongType(name, "a number", member) }
        guard let double = number.double else {
            throw JSONFieldError(.invalid, "is out of range", at: JSONPath(.key("\(name)")))
        }
        return double
    }

    package func optionalBoolean(_ name: StaticString) throws(JSONFieldError) -> Bool? {
        guard let member = value[name] else { return nil }
        guard let flag = member.boolean else { throw Self.wrongType(name, "a boolean", member) }
        return flag
    }

    package func optionalObject(_ name: StaticString) throws(JSONFieldError) -> JSONFields? {
        guard let member = value[name] else { return nil }
        do throws(JSONFieldError) {
            return try JSONFields(member)
        } catch {
            throw error.within(.key("\(name)"))
        }
    }

    package func optionalStrings(_ name: StaticString) throws(JSONFieldError) -> [String]? {
        guard let member = value[name] else { return nil }
        guard member.kind == .array else { throw Self.wrongType(name, "an array", member) }
        var strings: [String] = []
        strings.reserveCapacity(member.count)
        for (index, element) in member.elements.enumerated() {
            guard let text = element.string else {
                throw JSONFieldError(
                    .wrongType, "must be a string, not \(element.kind.name)",
                    at: JSONPath(.key("\(name)"), .index(index)))
            }
            strings.append(text)
        }
        return strings
    }

    /// - Throws: invalid when there is a member that is none of these.
    package func refuseUnknown(besides known: StaticString...) throws(JSONFieldError) {
        for member in value.members where !known.contains(where: { member.key == $0 }) {
            throw JSONFieldError(.invalid, "is not a field of this body", at: JSONPath(.key(member.key.text)))
        }
    }

    private func required<Value>(_ name: StaticString, _ found: Value?) throws(JSONFieldError) -> Value {
        guard let found else { throw JSONFieldError(.invalid, "is missing", at: JSONPath(.key("\(name)"))) }
        return found
    }

    private static func wrongType(_ name: StaticString, _ expected: String, _ member: JSONValue) -> JSONFieldError {
        JSONFieldError(
            .wrongType, "must be \(expected), not \(member.kind.name)", at: JSONPath(.key("\(name)")))
    }
}
