/// A value together with the whole JSON it came from, so that a program that prints answers drops no field that it does
/// not know.
public struct Verbatim<Value: Decodable & Sendable>: Decodable, Sendable {
    /// What was understood.
    public let value: Value
    /// Everything that was said.
    public let json: JSONValue

    /// Reads both from one place.
    public init(from decoder: any Decoder) throws {
        value = try Value(from: decoder)
        json = try JSONValue(from: decoder)
    }
}
