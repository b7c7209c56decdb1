/// An error as a client sees it: RFC 9457, with the fields of the Interface article (Conventions).
package struct Problem: Error, Equatable, Sendable {
    /// The last part of `type`; there is exactly one status for each.
    package enum Slug: String, CaseIterable, Sendable {
        case invalidRequest = "invalid-request"
        case unauthenticated
        case forbidden
        case identityTaken = "identity-taken"
        case inviteRequired = "invite-required"
        case quarantined
        case leaseNotYours = "lease-not-yours"
        case notFound = "not-found"
        case methodNotAllowed = "method-not-allowed"
        case requestTimeout = "request-timeout"
        case conflict
        case leaseGone = "lease-gone"
        case tooLarge = "too-large"
        case unsupportedMediaType = "unsupported-media-type"
        case invalidFields = "invalid-fields"
        case idempotencyMismatch = "idempotency-mismatch"
        case rateLimited = "rate-limited"
        case headersTooLarge = "headers-too-large"
        case internalError = "internal"
        case unavailable
        case timeout
    }

    /// Whether a request that failed has had its effect.
    package enum Outcome: String, Sendable {
        case notApplied
        case unknown
    }

    package var slug: Slug
    package var detail: String
    /// The offending field, as a path.
    package var field: String?
    package var retryAfterSeconds: Int?
    package var outcome: Outcome?
    /// What stands in the way, one sentence each; for `503` of `/readyz`.
    package var reasons: [String] = []
    /// The methods that this path knows; for `405`.
    package var allow: [String] = []
    /// Whether the connection ends with this answer.
    package var closesConnection = false

    package init(_ slug: Slug, _ detail: String) {
        self.slug = slug
        self.detail = detail
    }

    package var status: Int { slug.status }
    package var title: String { slug.title }
}

extension Problem.Slug {
    package var status: Int {
        switch self {
        case .invalidRequest: 400
        case .unauthenticated: 401
        case .forbidden, .identityTaken, .inviteRequired, .quarantined, .leaseNotYours: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .requestTimeout: 408
        case .conflict: 409
        case .leaseGone: 410
        case .tooLarge: 413
        case .unsupportedMediaType: 415
        case .invalidFields, .idempotencyMismatch: 422
        case .rateLimited: 429
        case .headersTooLarge: 431
        case .internalError: 500
        case .unavailable: 503
        case .timeout: 504
        }
    }

    package var title: String {
        switch self {
        case .invalidRequest: "The request cannot be understood"
        case .unauthenticated: "Not authenticated"
        case .forbidden: "Not allowed"
        case .identityTaken: "This identity belongs to someone else"
        case .inviteRequired: "An invite is required"
        case .quarantined: "This client is quarantined"
        case .leaseNotYours: "The lease belongs to another client"
        case .notFound: "Not found"
        case .methodNotAllowed: "Method not allowed"
        case .requestTimeout: "The request took too long to arrive"
        case .conflict: "The operation does not fit the state"
        case .leaseGone: "The lease has ended"
        case .tooLarge: "Too large"
        case .unsupportedMediaType: "Unsupported media type"
        case .invalidFields: "A field is missing, unknown or out of range"
        case .idempotencyMismatch: "The idempotency key was used with another body"
        case .rateLimited: "Too many requests"
        case .headersTooLarge: "The head of the request is too large"
        case .internalError: "Internal error"
        case .unavailable: "Unavailable"
        case .timeout: "Not answered in time"
        }
    }

    package var reasonPhrase: String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: "Internal Server Error"
        }
    }
}
