/// Why a text is not JSON, and where.
package struct JSONSyntaxError: Error, Equatable, Sendable {
    package enum Reason: String, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "a byte that does not belong there"
        case trailingBytes = "something follows the value"
        case duplicateKey = "a key appears twice"
        case tooDeep = "nested too deeply"
        case tooLong = "longer than can be read"
        case invalidUTF8 = "not valid UTF-8"
        case controlCharacter = "a control character in a string"
        case invalidEscape = "an escape that does not exist"
        case unpairedSurrogate = "half of a surrogate pair"
        case invalidNumber = "not a number"
    }

    package var reason: Reason
    /// Bytes from the beginning of the text.
    package var offset: Int
    /// Where in the structure, as far as it was open.
    package var path = JSONPath()

    func within(_ component: JSONPath.Component) -> JSONSyntaxError {
        var error = self
        error.path.prepend(component)
        return error
    }
}

/// The place of a value: `users[3].screenName`.
///
/// Built outwards while an error unwinds, so that it costs nothing when there is none.
package struct JSONPath: Equatable, Sendable, CustomStringConvertible {
    package enum Component: Equatable, Sendable {
        case key(String)
        case index(Int)
    }

    /// Innermost first.
    private var components: [Component] = []

    package init(_ components: Component...) {
        self.components = components.reversed()
    }

    package var isEmpty: Bool { components.isEmpty }

    package mutating func prepend(_ component: Component) {
        components.append(component)
    }

    /// Keys come from the sender: they are shortened, so that an answer stays small.
    package var description: String {
        var text = ""
        for component in components.reversed() {
            switch component {
            case .index(let index): text += "[\(index)]"
            case .key(let key): text += (text.isEmpty ? "" : ".") + key.prefix(64)
            }
        }
        return text
    }
}
