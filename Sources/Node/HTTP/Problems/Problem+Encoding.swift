extension Problem {
    package static let contentType = "application/problem+json"
    package static let typePrefix = "urn:dmcheck:problem:"

    /// The body of the answer.
    package var json: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object {
            $0.field("type", Self.typePrefix + slug.rawValue)
            $0.field("title", title)
            $0.field("status", status)
            $0.field("detail", detail)
            $0.field("field", ifPresent: field)
            $0.field("retryAfterSeconds", ifPresent: retryAfterSeconds)
            $0.field("outcome", ifPresent: outcome?.rawValue)
            if !reasons.isEmpty { $0.strings("reasons", reasons) }
        }
        return writer.bytes
    }

    /// The header fields that belong to it, `Content-Type` included.
    package var headerFields: [(name: String, value: String)] {
        var fields = [("Content-Type", Self.contentType)]
        if let retryAfterSeconds { fields.append(("Retry-After", String(retryAfterSeconds))) }
        if slug == .methodNotAllowed { fields.append(("Allow", allow.joined(separator: ", "))) }
        if slug == .unauthenticated { fields.append(("WWW-Authenticate", "Bearer realm=\"dmcheck\"")) }
        if closesConnection { fields.append(("Connection", "close")) }
        return fields
    }

    /// The whole answer as it goes over the wire, for a connection on which no request could be read: there the
    /// encoder of HTTP parts cannot be used, because to it nothing is to be answered.
    package func wireBytes(node: String, trace: TraceContext) -> [UInt8] {
        let body = json
        var head = "HTTP/1.1 \(status) \(slug.reasonPhrase)\r\n"
        for field in closing().headerFields { head += "\(field.name): \(field.value)\r\n" }
        head += "Content-Length: \(body.count)\r\nX-Dmcheck-Node: \(node)\r\n"
        head += "traceparent: \(trace.traceparent)\r\n\r\n"
        return Array(head.utf8) + body
    }
}
