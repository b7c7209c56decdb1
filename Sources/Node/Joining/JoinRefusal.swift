import Coordinator

/// Why a newcomer is not taken in, in a sentence for its operator.
package struct JoinRefusal: Error, Equatable, CustomStringConvertible {
    /// What came is no request, or asks for what no member may have.
    package static let malformed = JoinRefusal("the request is malformed")

    package let description: String

    init(_ description: String) { self.description = description }
}

extension Refusal {
    /// In words, for whoever is no HTTP client.
    var sentence: String {
        Problem(self, trace: "").detail
    }
}
