/// Something that the person who runs a volunteer wants to read.
package enum VolunteerNotice: Hashable, Sendable {
    case registered
    case resumed(leases: Int, users: Int)
    case granted(leases: Int, users: Int)
    case reported(accepted: Int, remaining: Int)
    case rowRefused(screenName: String?, reason: String)
    case reportRefused(rows: Int, String)
    case leaseLost(lease: String, unreported: Int, String)
    case unanswered(users: Int)
    case notUnderstood(String)
    case notAsked(screenName: String)
    case checkerCrashed(String)
    case waiting(String)
    case registeringAgain

    /// Whether something went wrong.
    package var isWarning: Bool {
        switch self {
        case .registered, .resumed, .granted, .reported: false
        default: true
        }
    }
}

extension VolunteerNotice: CustomStringConvertible {
    package var description: String {
        switch self {
        case .registered: "registered"
        case .resumed(let leases, let users):
            "going on with \(count(leases, "lease")), \(count(users, "user")) left"
        case .granted(let leases, let users): "took \(count(leases, "lease")), \(count(users, "user"))"
        case .reported(let accepted, let remaining):
            "reported \(count(accepted, "user")), \(remaining) left of the lease"
        case .rowRefused(let name, let reason): "the result for \(name ?? "a user") was refused: \(reason)"
        case .reportRefused(let rows, let reason): "a report of \(count(rows, "row")) was refused: \(reason)"
        case .leaseLost(_, let unreported, let reason):
            "a lease is gone with \(count(unreported, "result")) not reported: \(reason)"
        case .unanswered(let users): "the checker gave no result for \(count(users, "user")), given back"
        case .notUnderstood(let text): "the checker wrote what is no result: \(text)"
        case .notAsked(let name): "the checker reported on \(name), which it was not asked about"
        case .checkerCrashed(let reason): "the checker failed: \(reason)"
        case .waiting(let reason): reason
        case .registeringAgain: "the cluster does not know this client; registering again"
        }
    }

    private func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
}
