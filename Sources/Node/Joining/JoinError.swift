/// Why a newcomer got no answer.
package enum JoinError: Error, Equatable, CustomStringConvertible {
    /// No address was given.
    case noAddress
    /// Nobody answered at any of the addresses; with what the last one said.
    case unreachable(String)
    /// Whoever answered is not of the token's cluster.
    case otherAuthority
    /// The node broke the connection off without an answer: it is busy or shutting down. Worth another attempt.
    case noAnswer

    package var description: String {
        switch self {
        case .noAddress: "no address to join at"
        case .unreachable(let reason): "no node of the cluster can be reached (\(reason))"
        case .otherAuthority: "the node that answered is not of the token's cluster"
        case .noAnswer: "the node gave no answer"
        }
    }
}
