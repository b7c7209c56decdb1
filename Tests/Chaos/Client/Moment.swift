import Foundation

/// A time as the interface has it: RFC 3339 UTC with milliseconds. What is none does not decode.
struct Moment: Decodable {
    /// Since 1970.
    let seconds: Double

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        guard let time = try? style.parse(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no time")
        }
        seconds = time.timeIntervalSince1970
    }
}
