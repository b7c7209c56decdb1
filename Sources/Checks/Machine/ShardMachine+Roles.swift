extension ShardMachine {
    /// What one command comes to.
    func apply(_ command: Command) throws -> Outcome {
        switch command {
        case .configure(let configuration):
            try context.configure(configuration)
            return .done
        default: return .refused(.notFinished)
        }
    }

    /// Answers from everything applied, committed to the file or not. Changes nothing.
    public func query(_ query: Query) throws -> QueryResult { .refused(.notFinished) }

    /// What the rest of the node needs to know after a batch, and once after opening.
    public func summary() throws -> ShardSummary {
        ShardSummary(
            applied: appliedIndex, time: context.now, ready: [], nextLapse: nil, nextRelease: nil, outbox: [], jobs: false,
            nextPurge: nil)
    }
}
