import ArgumentParser
import CheckClient

/// `NAME=VALUE` on the command line; a dot in the name goes into an object.
package struct Assignment: ExpressibleByArgument, Hashable, Sendable {
    package let path: [String]
    package let value: JSONValue

    package init?(argument: String) {
        guard let sign = argument.firstIndex(of: "=") else { return nil }
        path = argument[..<sign].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !path.contains("") else { return nil }
        let text = String(argument[argument.index(after: sign)...])
        if let number = Int64(text) {
            value = .integer(number)
        } else if text == "true" || text == "false" {
            value = .bool(text == "true")
        } else if let number = Double(text), number.isFinite {
            value = .number(number)
        } else {
            value = .string(text)
        }
    }

    /// All assignments as one object.
    package static func object(_ assignments: [Assignment]) -> JSONValue {
        assignments.reduce(.object([:])) { $0.setting($1.path[...], $1.value) }
    }
}

extension JSONValue {
    fileprivate func setting(_ path: ArraySlice<String>, _ value: JSONValue) -> JSONValue {
        guard let name = path.first else { return value }
        var fields: [String: JSONValue] = if case .object(let fields) = self { fields } else { [:] }
        fields[name] = (fields[name] ?? .object([:])).setting(path.dropFirst(), value)
        return .object(fields)
    }
}
