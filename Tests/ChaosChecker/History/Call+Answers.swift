import Foundation

extension Call {
    /// Why there is no answer, as far as it matters.
    package enum Failure: Sendable {
        /// There was no connection: nothing was said to anyone.
        case notConnected
        /// The operating system's error.
        case system(errno: Int32)
        case other
    }
}

extension Call.Outcome {
    private struct Problem: Decodable {
        var outcome: String?
    }

    /// What an answer says. What a node does not say of a failure of its own may have happened.
    package init(status: Int, body: Data) {
        switch status {
        case 200..<300: self = .done
        case 500...:
            let outcome = (try? JSONDecoder().decode(Problem.self, from: body))?.outcome
            self = outcome == "notApplied" ? .notApplied : .unknown
        default: self = .refused
        }
    }

    /// What may be concluded when there is no answer.
    package init(_ failure: Call.Failure) {
        switch failure {
        case .notConnected: self = .notApplied
        case .system(let errno):
            self = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(errno) ? .notApplied : .unknown
        case .other: self = .unknown
        }
    }
}
