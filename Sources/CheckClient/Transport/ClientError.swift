/// Why a call did not give its answer.
public enum ClientError: Error, Hashable, Sendable {
    /// The node refused, and said why.
    case refused(Problem)
    /// No node could be reached, or none answered in time.
    case unreachable(String)
    /// A node answered, but with a certificate that the given authority did not sign, or for another host.
    case untrusted(String)
    /// Something answered that is not what the interface says.
    case malformedAnswer(String)
    /// What the caller gave cannot be used; nothing was sent.
    case badInput(String)
    /// The caller's task was cancelled.
    case cancelled

    /// The kind of refusal, if it is one.
    public var slug: String? {
        if case .refused(let problem) = self { problem.slug } else { nil }
    }
}

extension ClientError: CustomStringConvertible {
    /// One line: what, why, what to do.
    public var description: String {
        switch self {
        case .refused(let problem):
            [problem.title ?? problem.slug, problem.explanation, problem.advice].compactMap { $0?.asClause }
                .joined(separator: "; ")
        case .unreachable(let reason):
            "no node answers: \(reason); check --url and that a node runs there"
        case .untrusted(let reason):
            "the node's certificate is not trusted: \(reason); give the cluster's certs/ca.pem with --ca"
        case .malformedAnswer(let reason):
            "the answer is not one of dmcheck's: \(reason); check that --url names a node"
        case .badInput(let reason): reason
        case .cancelled: "stopped before the answer came; repeating the call is safe"
        }
    }
}

extension String {
    /// Without the full stop at its end: more follows on the line.
    fileprivate var asClause: String { hasSuffix(".") ? String(dropLast()) : self }
}

extension Problem {
    /// What happened this time, with the field at fault.
    fileprivate var explanation: String? {
        switch (detail, field) {
        case (let detail?, let field?): detail.contains(field) ? detail : "\(field): \(detail)"
        case (let detail?, nil): detail
        case (nil, let field?): "field \(field)"
        case (nil, nil): nil
        }
    }

    /// What the caller can do about it.
    fileprivate var advice: String? {
        switch slug {
        case "unauthenticated": "check the token (--token-file) or register the client again"
        case "forbidden": "use an operator's token"
        case "identity-taken": "use another profile, or ask an operator to reset the client"
        case "invite-required": "ask an operator for an invitation and give it with --invite"
        case "quarantined": "ask an operator to reinstate the client"
        case "rate-limited", "unavailable":
            retryAfterSeconds.map { "try again in \(Int($0.rounded(.up))) s" } ?? "try again later"
        case "timeout": "repeating the call is safe"
        case "internal": "the node's log says more"
        default: nil
        }
    }
}
