import Foundation

/// How values become JSON and back: times are RFC 3339 in UTC with milliseconds.
package enum JSONCoding {
    private static let precise = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    private static let whole = Date.ISO8601FormatStyle()

    /// The text of a moment, to the nearest millisecond: the style cuts, and a `Date` is a fraction of seconds, mostly a little
    /// beside the millisecond that it stands for.
    package static func text(_ moment: Date) -> String { moment.addingTimeInterval(0.0005).formatted(precise) }

    /// The moment that a text names, with or without a fraction of a second.
    package static func moment(_ text: String) -> Date? {
        (try? precise.parse(text)) ?? (try? whole.parse(text))
    }

    /// A value as compact JSON with sorted keys, so that equal values are equal bytes.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(text(date))
        }
        return [UInt8](try encoder.encode(value))
    }

    /// A value from JSON; fields that it does not know are ignored.
    package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: some Sequence<UInt8>) throws -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard let moment = moment(text) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no RFC 3339 time")
            }
            return moment
        }
        return try decoder.decode(type, from: Data(bytes))
    }
}
