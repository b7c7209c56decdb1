/// An object that is answered, under its name in the OpenAPI document. Clients must expect fields beyond these: an
/// answer may be added to.
package struct AnswerShape: Sendable {
    package let name: String
    let note: String
    let fields: [AnswerField]

    init(_ name: String, note: String = "", _ fields: [AnswerField]) {
        self.name = name
        self.note = note
        self.fields = fields
    }

    /// A page of a listing.
    static func page(of item: AnswerShape) -> AnswerShape {
        AnswerShape(
            item.name + "Page", note: "nextCursor: to be sent as cursor, null on the last page",
            [.always("items", .list(.shape(item))), .always("nextCursor", .orNull(.text))])
    }

    /// This shape and all that it refers to, by name.
    func collect(into shapes: inout [String: AnswerShape]) {
        guard shapes.updateValue(self, forKey: name) == nil else { return }
        for field in fields { field.schema.collect(into: &shapes) }
    }
}

/// A member of an object that is answered.
struct AnswerField: Sendable {
    let name: String
    let schema: AnswerSchema
    let isRequired: Bool

    static func always(_ name: String, _ schema: AnswerSchema) -> AnswerField {
        AnswerField(name: name, schema: schema, isRequired: true)
    }

    static func sometimes(_ name: String, _ schema: AnswerSchema) -> AnswerField {
        AnswerField(name: name, schema: schema, isRequired: false)
    }
}

/// What a member of an answer may be.
indirect enum AnswerSchema: Sendable {
    case text
    /// One of these.
    case words([String])
    /// RFC 3339 in UTC, with milliseconds.
    case time
    /// A whole number, not negative.
    case count
    case number
    case flag
    case list(AnswerSchema)
    /// An object of counts, of which those that are zero may be left out.
    case counts(by: [String])
    case shape(AnswerShape)
    case orNull(AnswerSchema)

    func collect(into shapes: inout [String: AnswerShape]) {
        switch self {
        case .list(let inner), .orNull(let inner): inner.collect(into: &shapes)
        case .shape(let shape): shape.collect(into: &shapes)
        case .text, .words, .time, .count, .number, .flag, .counts: break
        }
    }
}
