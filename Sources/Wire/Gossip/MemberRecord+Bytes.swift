import Membership

/// The sixteen bytes of its number.
extension MemberID: BinaryCodable {
    package var encodedByteCount: Int { Self.byteCount }
    static let byteCount = 16

    package func encode(into output: inout OutputRawSpan) { output.put(rawValue) }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        self.init(rawValue: try input.take(UInt128.self))
    }
}

/// The eight bytes of its number.
extension Incarnation: BinaryCodable {
    package var encodedByteCount: Int { Self.byteCount }
    static let byteCount = 8

    package func encode(into output: inout OutputRawSpan) { output.put(rawValue) }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let number = try input.take(UInt64.self)
        do { try self.init(number) } catch { throw .refused(error) }
    }
}

/// Identity, incarnation, address, application bytes after a length of one byte.
extension MemberRecord: BinaryCodable {
    package var encodedByteCount: Int {
        MemberID.byteCount + Incarnation.byteCount + address.encodedByteCount + 1 + application.count
    }

    package func encode(into output: inout OutputRawSpan) {
        id.encode(into: &output)
        incarnation.encode(into: &output)
        address.encode(into: &output)
        output.putShort(application)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let id = try MemberID(decoding: &input)
        let incarnation = try Incarnation(decoding: &input)
        let address = try PeerAddress(decoding: &input)
        let application = try input.takeShort()
        do {
            try self.init(id: id, address: address, incarnation: incarnation, application: application)
        } catch {
            throw .refused(error)
        }
    }
}
