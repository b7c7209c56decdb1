import Membership

/// Source, version of the registry, message, and rumors to the end.
///
/// Every part is shorter than what `SizeModel` allows it, so a datagram within ``Limits/plainBytes`` by the model is
/// within it in bytes.
extension Datagram: BinaryCodable {
    package var encodedByteCount: Int {
        rumors.reduce(MemberID.byteCount + 8 + message.encodedByteCount) { $0 + $1.encodedByteCount }
    }

    package func encode(into output: inout OutputRawSpan) {
        source.encode(into: &output)
        output.put(registryVersion)
        message.encode(into: &output)
        for rumor in rumors { rumor.encode(into: &output) }
    }

    package init(decoding input: inout RawSpan) throws(FormatError) {
        guard input.byteCount <= Limits.plainBytes else { throw .refused(.datagramSize(input.byteCount)) }
        let source = try MemberID(decoding: &input)
        let registryVersion = try input.take(UInt64.self)
        let message = try Message(decoding: &input)
        var rumors: [Rumor] = []
        while !input.isEmpty { rumors.append(try Rumor(decoding: &input)) }
        do {
            try self.init(source: source, registryVersion: registryVersion, message: message, rumors: rumors)
        } catch {
            throw .refused(error)
        }
    }

    /// Reads what ``DatagramSeal/open(_:)`` gave. Throws ``FormatError/foreignSource`` unless the datagram is of the
    /// member that sealed it: the key is everybody's, so only this keeps one member from speaking as another by mistake.
    package init(bytes: [UInt8], sealedBy sender: UInt128) throws(FormatError) {
        try self.init(bytes: bytes)
        guard source.rawValue == sender else { throw .foreignSource }
    }
}
