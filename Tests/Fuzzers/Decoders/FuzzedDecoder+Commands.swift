import Checks

/// What nodes ask of each other's shards, and what their logs hold.
extension FuzzedDecoder {
    static let command = rewritten("command") {
        try CommandEnvelope(encoded: $0)
    } writing: {
        $0.encoded()
    }
    static let query = rewritten("query") {
        try Query(encoded: $0)
    } writing: {
        $0.encoded()
    }
    static let outcome = rewritten("outcome") {
        try Outcome(encoded: $0)
    } writing: {
        $0.encoded()
    }
    static let queryResult = rewritten("query-result") {
        try QueryResult(encoded: $0)
    } writing: {
        $0.encoded()
    }
}
