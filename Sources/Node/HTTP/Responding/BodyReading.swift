import HTTPTypes
import HummingbirdCore
import NIOCore

/// A body and what is wrong with it, if anything: the caller is authenticated before it is told.
enum ReadBody {
    case none
    /// As it is, and as it came.
    case json(JSONValue, [UInt8])
    case rows(RowStream)
    case refused(Problem)
}

extension Route.Body {
    var limit: Int {
        switch self {
        case .none: HTTPLimits.smallBody
        case .json(_, let limit, _), .jsonOrRows(_, let limit): limit
        }
    }

    /// Reads the body of a request as this route wants it; `passedOn`: as another node has read it already.
    func read(_ request: IncomingRequest, passedOn: [UInt8]?) async throws -> ReadBody {
        if let passedOn { return parse(passedOn, MediaType(request.headers[.contentType]), request.method) }
        return try await read(request)
    }

    private func read(_ request: IncomingRequest) async throws -> ReadBody {
        let type = MediaType(request.headers[.contentType])
        if let coding = request.headers[.contentEncoding], coding.lowercased() != "identity" {
            return .refused(.unsupportedMediaType(expected: ["a body without Content-Encoding"]).closing())
        }
        if case .jsonOrRows = self, type == .ndjson || type == .csv {
            return .rows(RowStream(format: type == .csv ? .csv : .ndjson, chunks: request.body))
        }
        let tooLarge = Problem.tooLarge("The body of this call may have \(limit) bytes.").closing()
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            return .refused(tooLarge)
        }
        var bytes: [UInt8] = []
        for try await chunk in request.body {
            guard bytes.count + chunk.readableBytes <= limit else { return .refused(tooLarge) }
            chunk.withUnsafeReadableBytes { bytes.append(contentsOf: $0) }
        }
        return parse(bytes, type, request.method)
    }

    private func parse(_ bytes: [UInt8], _ type: MediaType, _ method: HTTPRequest.Method) -> ReadBody {
        let schema: JSONSchema
        switch self {
        case .none:
            // A GET's body has no meaning; elsewhere a body that says something was meant for another call.
            if bytes.isEmpty || method == .get || method == .head { return .none }
            schema = .object([])
        case .json(let expected, _, _), .jsonOrRows(let expected, _):
            if bytes.isEmpty { return .refused(.invalidRequest("The body must be JSON; there is none.")) }
            schema = expected
        }
        guard type == .json || type == .absent else { return .refused(.unsupportedMediaType(expected: mediaTypes)) }
        do {
            let value = try JSONDocument(parsing: bytes).root
            try schema.check(value)
            return .json(value, bytes)
        } catch let error as JSONSyntaxError {
            return .refused(Problem(error))
        } catch let error as JSONFieldError {
            var problem = Problem(error)
            if case .json(_, _, let wrongType) = self, error.kind == .wrongType { problem.slug = wrongType }
            return .refused(problem)
        } catch {
            return .refused(.invalidRequest("The body cannot be read."))
        }
    }

    var mediaTypes: [String] {
        switch self {
        case .none, .json: ["application/json"]
        case .jsonOrRows: ["application/json", "application/x-ndjson", "text/csv"]
        }
    }
}
