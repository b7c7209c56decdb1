extension Network {
    typealias Change = @Sendable (Network, (Int, Int)) async throws(ChaosError) -> Void

    /// Changes something between pairs of nodes for as long as the body takes. It is undone however that ends, for each pair for
    /// which it was begun.
    func during<Outcome: Sendable>(
        _ pairs: [(Int, Int)], begin: Change, end: Change, _ body: () async throws -> Outcome
    ) async throws -> Outcome {
        var begun: [(Int, Int)] = []
        let outcome: Result<Outcome, any Error>
        do {
            for pair in pairs {
                try await begin(self, pair)
                begun.append(pair)
            }
            outcome = .success(try await body())
        } catch {
            outcome = .failure(error)
        }
        var failure: ChaosError?
        for pair in begun {
            do { try await end(self, pair) } catch { failure = error }
        }
        if let failure { throw failure }
        return try outcome.get()
    }
}
