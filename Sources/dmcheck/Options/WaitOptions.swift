import ArgumentParser
import CheckClient

/// Whether a command returns when the cluster has taken it up, or when it is done.
struct WaitOptions: ParsableArguments {
    @Flag(help: "Return when it is done, not when it has begun.")
    var wait = false

    @Option(help: ArgumentHelp("With --wait: for so long at most.", valueName: "age"))
    var timeout = LengthOfTime.hour

    /// How often the cluster is asked: often enough for a person, and nothing to a cluster.
    private static let interval = Duration.milliseconds(500)

    /// Makes a call; with `--wait` asks the cluster until `remaining` has nothing more to say, and shows it on a terminal.
    ///
    /// - Throws: ``CommandFailure`` with what still remains when the time is over.
    func perform(
        _ call: Call<Done>, _ cluster: ClusterOptions, begun: String, done: String,
        until remaining: @escaping @Sendable (Cluster) -> String?
    ) async throws {
        guard wait else { return try await cluster.perform(call, begun) }
        try await cluster.connected { client in
            _ = try await client.send(call)
            try await settled(client, until: remaining)
        }
        Terminal.output(cluster.json ? "{}" : done)
    }

    private func settled(_ client: ClusterClient, until remaining: (Cluster) -> String?) async throws {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(timeout.seconds)
        defer { Terminal.endProgress() }
        while true {
            let left: String
            do throws(ClientError) {
                guard let rest = remaining(try await client.send(.cluster())) else { return }
                left = rest
            } catch {
                // A cluster that changes may have no leader for a moment; what was begun goes on.
                guard error.isPassing else { throw error }
                left = "\(error)"
            }
            Terminal.progress(left)
            guard clock.now < deadline else {
                throw CommandFailure(
                    "not done after \(Wording.duration(seconds: Double(timeout.seconds))): \(left); it goes on by "
                        + "itself, see dmcheck shard list")
            }
            try await clock.sleep(for: Self.interval)
        }
    }
}
