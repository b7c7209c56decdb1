import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// One answer, as it came over the wire.
package struct Answer: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let text: String
    package let json: JSON

    /// The slug of the problem, when it is one.
    package var slug: String? {
        json["type"].string.flatMap { $0.hasPrefix("urn:dmcheck:problem:") ? String($0.dropFirst(20)) : nil }
    }
}

/// Calls a node over TLS as any other program would: paths, headers and JSON.
package struct API: Sendable {
    package let http: HTTPClient
    package let base: String
    package let operatorToken: String
    /// How long a call is waited for.
    package let patience: TimeAmount

    package init(http: HTTPClient, base: String, operatorToken: String, patience: TimeAmount = .seconds(60)) {
        self.http = http
        self.base = base
        self.operatorToken = operatorToken
        self.patience = patience
    }

    package func call(
        _ method: HTTPMethod, _ path: String, token: String? = nil, body: JSON? = nil, headers: [(String, String)] = []
    ) async throws -> Answer {
        let bytes = try body.map { try JSONEncoder().encode($0) }
        return try await raw(
            method, path, token: token, body: bytes.map { ByteBuffer(bytes: $0) },
            headers: headers + (body == nil ? [] : [("content-type", "application/json")]))
    }

    package func raw(
        _ method: HTTPMethod, _ path: String, token: String? = nil, body: ByteBuffer? = nil,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        if let token { request.headers.add(name: "authorization", value: "Bearer \(token)") }
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(body) }
        let response = try await http.execute(request, timeout: patience)
        let buffer = try await response.body.collect(upTo: 64 << 20)
        let text = String(buffer: buffer)
        let json = (try? JSONDecoder().decode(JSON.self, from: Data(buffer.readableBytesView))) ?? .null
        return Answer(status: Int(response.status.code), headers: response.headers, text: text, json: json)
    }

    /// A call of the operator's.
    package func operate(_ method: HTTPMethod, _ path: String, _ body: JSON? = nil) async throws -> Answer {
        try await call(method, path, token: operatorToken, body: body)
    }
}
