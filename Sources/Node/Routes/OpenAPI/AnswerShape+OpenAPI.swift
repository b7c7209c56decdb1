extension AnswerShape {
    /// A reference to the schema among the document's components.
    func writeReference(to json: inout JSONWriter) {
        json.object { $0.field("$ref", "#/components/schemas/\(name)") }
    }

    /// The schema itself, as JSON Schema 2020-12.
    func write(to json: inout JSONWriter) {
        json.object {
            $0.field("type", "object")
            $0.field("description", ifPresent: note.isEmpty ? nil : note)
            $0.object("properties") { json in
                for field in fields {
                    json.key(named: field.name)
                    field.schema.write(to: &json)
                }
            }
            $0.strings("required", fields.lazy.filter(\.isRequired).map(\.name))
        }
    }
}

extension AnswerSchema {
    func write(to json: inout JSONWriter) {
        switch self {
        case .shape(let shape): shape.writeReference(to: &json)
        case .orNull(let inner):
            json.object {
                $0.array("anyOf") { json in
                    inner.write(to: &json)
                    json.object { $0.field("type", "null") }
                }
            }
        case .text, .words, .time, .count, .number, .flag, .list, .counts: json.object { members(of: &$0) }
        }
    }

    private func members(of json: inout JSONWriter) {
        switch self {
        case .text: json.field("type", "string")
        case .words(let words):
            json.field("type", "string")
            json.strings("enum", words)
        case .time:
            json.field("type", "string")
            json.field("format", "date-time")
        case .count:
            json.field("type", "integer")
            json.field("minimum", 0)
        case .number: json.field("type", "number")
        case .flag: json.field("type", "boolean")
        case .list(let element):
            json.field("type", "array")
            json.key("items")
            element.write(to: &json)
        case .counts(let names):
            json.field("type", "object")
            json.object("properties") { json in
                for name in names {
                    json.key(named: name)
                    AnswerSchema.count.write(to: &json)
                }
            }
        case .shape, .orNull: break
        }
    }
}
