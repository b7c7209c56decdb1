/// When, kind, then service, client and lease where there are any, then the details.
extension EventRecord: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.time(at)
        writer.text(kind)
        service.pack(into: &writer)
        client.pack(into: &writer)
        lease.pack(into: &writer)
        details.pack(into: &writer)
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        self.init(
            at: reader.time(), kind: reader.text(), service: try ServiceName?(from: &reader),
            client: try ClientID?(from: &reader), lease: try LeaseID?(from: &reader),
            details: try [Detail](from: &reader))
    }
}

/// The name, a byte for what kind of value it is, the value.
extension EventRecord.Detail: PackedRecord {
    func pack(into writer: inout PackedWriter) {
        writer.text(name)
        switch value {
        case .text(let text):
            writer.byte(1)
            writer.text(text)
        case .number(let number):
            writer.byte(2)
            writer.signed(Int64(number))
        case .flag(let flag):
            writer.byte(3)
            writer.flag(flag)
        }
    }

    init(from reader: inout PackedReader) throws(CommandDecodingError) {
        let name = reader.text()
        let value: EventRecord.Value =
            switch reader.byte() {
            case 1: .text(reader.text())
            case 2: .number(Int(reader.signed()))
            case 3: .flag(reader.flag())
            case let kind: throw .malformed("detail \(kind)")
            }
        self.init(name: name, value: value)
    }
}
