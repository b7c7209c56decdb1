/// A parsed JSON text (RFC 8259): its bytes, and its values as one flat list in the order in which they stand.
///
/// Foundation's decoder is not used at this border because it accepts or hides what must be refused: of two equal keys
/// one wins silently, integers above 2^53 may pass through `Double`, the depth of nesting is not ours to limit, and the
/// path of an error is lost. Here a value is a 16-byte node that points into the text, so parsing allocates one array
/// whatever the number of rows, and a string is built only when somebody asks for it.
package final class JSONDocument: Sendable {
    let bytes: [UInt8]
    let nodes: [JSONNode]

    /// Parses a whole text, in time linear in its length.
    ///
    /// - Throws: ``JSONSyntaxError`` with the first offence: anything outside the grammar, a key twice in one object,
    ///   invalid UTF-8, an unpaired surrogate, nesting beyond ``JSONLimits/depth``, bytes after the value.
    package init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
        self.nodes = try JSONParser.parse(bytes)
        self.bytes = bytes
    }

    /// The outermost value.
    package var root: JSONValue { JSONValue(document: self, index: 0) }
}

/// One value, or the key of a member, which is a string node directly before its value.
struct JSONNode {
    var kind: JSONKind
    /// Whether a string contains an escape, so that its text is not its value.
    var isEscaped: Bool
    /// Offset of the text: after the opening quote for a string.
    var start: UInt32
    /// Bytes of the text without quotes; for an array its elements, for an object its members.
    var length: UInt32
    /// Index of the first node after this value and everything in it.
    var end: UInt32
}

/// What a JSON value can be.
package enum JSONKind: UInt8, Sendable {
    case null, `false`, `true`, number, string, array, object

    /// The name of the type as a client would write it.
    package var name: String {
        switch self {
        case .null: "null"
        case .false, .true: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

/// Limits of the parser.
package enum JSONLimits {
    /// Arrays and objects within each other: the interface promises 32.
    package static let depth = 32
    /// Offsets are 32 bits wide; bodies are limited far below by ``HTTPLimits``.
    package static let bytes = Int(UInt32.max)
    /// Members of an object up to which keys are compared pairwise rather than through a set.
    static let pairwiseKeys = 16
}
