/// The `Content-Type` of a request, as far as it decides anything.
package enum MediaType: Equatable, Sendable {
    case json, ndjson, csv
    /// None was sent.
    case absent
    case other

    /// - Parameter field: `type/subtype; parameter=value`. A character set other than UTF-8 makes it another type.
    package init(_ field: String?) {
        guard let field else {
            self = .absent
            return
        }
        let parts = field.split(separator: ";", omittingEmptySubsequences: false).map(Self.trimmed)
        for parameter in parts.dropFirst() where parameter.lowercased().hasPrefix("charset=") {
            let name = parameter.dropFirst("charset=".count).lowercased().filter { $0 != "\"" }
            guard name == "utf-8" || name == "utf8" || name == "us-ascii" else {
                self = .other
                return
            }
        }
        self =
            switch parts[0].lowercased() {
            case "application/json": .json
            case "application/x-ndjson": .ndjson
            case "text/csv": .csv
            default: .other
            }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
