import Membership

/// Port, then the host as UTF-8 after a length of one byte (253 is the longest).
extension PeerAddress: BinaryCodable {
    package var encodedByteCount: Int { 2 + 1 + host.utf8.count }

    package func encode(into output: inout OutputRawSpan) {
        output.put(port)
        output.putShort(Array(host.utf8))
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let port = try input.take(UInt16.self)
        guard let host = String(validating: try input.takeShort(), as: UTF8.self) else { throw .notUTF8 }
        do { try self.init(host: host, port: port) } catch { throw .refused(error) }
    }
}
