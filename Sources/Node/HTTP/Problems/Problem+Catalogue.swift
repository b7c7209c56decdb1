extension Problem {
    package static func invalidRequest(_ detail: String, field: String? = nil) -> Problem {
        Problem(.invalidRequest, detail).at(field)
    }

    /// One answer for every reason, so that nothing can be probed.
    package static let unauthenticated = Problem(
        .unauthenticated, "Send Authorization: Bearer ID.SECRET of a registered client or of an operator.")

    package static func forbidden(_ detail: String) -> Problem { Problem(.forbidden, detail) }

    package static let identityTaken = Problem(
        .identityTaken, "This id is known under another secret or screen name.")

    package static let inviteRequired = Problem(
        .inviteRequired, "Registering needs an invite that is valid and not used up.")

    package static func quarantined(_ reason: String) -> Problem { Problem(.quarantined, reason) }

    package static let leaseNotYours = Problem(.leaseNotYours, "This lease belongs to another client.")

    package static func notFound(_ detail: String = "There is nothing at this path.") -> Problem {
        Problem(.notFound, detail)
    }

    package static func methodNotAllowed(allow: [String]) -> Problem {
        var problem = Problem(.methodNotAllowed, "This path knows \(allow.joined(separator: ", ")).")
        problem.allow = allow
        return problem
    }

    package static func requestTimeout(_ detail: String) -> Problem {
        Problem(.requestTimeout, detail).closing()
    }

    package static func conflict(_ detail: String) -> Problem { Problem(.conflict, detail) }

    package static let leaseGone = Problem(
        .leaseGone, "This lease has expired, was given back, ended long ago, or never existed.")

    package static func tooLarge(_ detail: String) -> Problem { Problem(.tooLarge, detail) }

    package static func unsupportedMediaType(expected: [String]) -> Problem {
        Problem(.unsupportedMediaType, "This call takes \(expected.joined(separator: ", ")).")
    }

    package static func invalidFields(_ detail: String, field: String?) -> Problem {
        Problem(.invalidFields, detail).at(field)
    }

    package static let idempotencyMismatch = Problem(
        .idempotencyMismatch, "This Idempotency-Key was sent before with a different body.")

    package static func rateLimited(_ detail: String, retryAfterSeconds: Int) -> Problem {
        Problem(.rateLimited, detail).retrying(after: retryAfterSeconds)
    }

    package static let headersTooLarge = Problem(
        .headersTooLarge,
        "The request line and the header fields may have \(HTTPLimits.headBytes) bytes together, one field "
            + "\(HTTPLimits.headFieldBytes), and there may be \(HTTPLimits.headFields) fields."
    ).closing()

    package static func internalError(trace: String, outcome: Outcome = .unknown) -> Problem {
        Problem(.internalError, "This is a bug; the node's log has it under trace \(trace).").with(outcome)
    }

    package static func unavailable(_ detail: String, retryAfterSeconds: Int, outcome: Outcome) -> Problem {
        Problem(.unavailable, detail).retrying(after: retryAfterSeconds).with(outcome)
    }

    package static func timeout(outcome: Outcome) -> Problem {
        Problem(.timeout, "The request was not answered within its deadline.").with(outcome)
    }
}

extension Problem {
    package func at(_ field: String?) -> Problem {
        var problem = self
        problem.field = field
        return problem
    }

    package func retrying(after seconds: Int) -> Problem {
        var problem = self
        problem.retryAfterSeconds = max(1, seconds)
        return problem
    }

    package func with(_ outcome: Outcome) -> Problem {
        var problem = self
        problem.outcome = outcome
        return problem
    }

    package func closing() -> Problem {
        var problem = self
        problem.closesConnection = true
        return problem
    }
}

extension Problem {
    /// A text that is not JSON.
    package init(_ error: JSONSyntaxError) {
        self = .invalidRequest(
            "The body is not JSON: \(error.reason.rawValue), at byte \(error.offset).",
            field: error.path.isEmpty ? nil : error.path.description)
    }

    /// A body of the wrong shape: `400` for a wrong type, `422` for everything else.
    package init(_ error: JSONFieldError) {
        let field = error.path.isEmpty ? nil : error.path.description
        let detail = "\(field ?? "The body") \(error.reason)."
        self =
            switch error.kind {
            case .wrongType: .invalidRequest(detail, field: field)
            case .invalid: .invalidFields(detail, field: field)
            }
    }
}
