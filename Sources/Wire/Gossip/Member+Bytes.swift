import Membership

/// Status, the incarnation that it is about, version of the registry, record.
extension Member: BinaryCodable {
    package var encodedByteCount: Int { 1 + Incarnation.byteCount + 8 + record.encodedByteCount }

    package func encode(into output: inout OutputRawSpan) {
        output.put(status.rawValue)
        incarnation.encode(into: &output)
        output.put(registryVersion)
        record.encode(into: &output)
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        let status = try input.takeKind(MemberStatus.self)
        let incarnation = try Incarnation(decoding: &input)
        let registryVersion = try input.take(UInt64.self)
        let record = try MemberRecord(decoding: &input)
        self.init(record: record, status: status, incarnation: incarnation, registryVersion: registryVersion)
    }
}
