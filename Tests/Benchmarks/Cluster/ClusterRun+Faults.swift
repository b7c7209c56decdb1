import Foundation
import NIOCore

extension ClusterRun {
    /// Kills the leader of most shards, again and again.
    mutating func kills() async throws {
        var gaps: [Double] = []
        for round in 1...Limits.kills {
            let victim = try await leader()
            run.note("killing \(victim), \(round) of \(Limits.kills)")
            gaps.append(
                try await whileWriting { cluster, _ in
                    cluster.nodes[victim]?.kill()
                    try await cluster.run.pause(.seconds(Int64(Limits.watchSeconds)))
                })
            try await start(victim)
            try await settled()
        }
        gaps.sort()
        figures += [
            Figure(
                "killGapMedian", gaps[(gaps.count - 1) / 2], "s", goal: .atMost(0.5),
                "a writer's longest gap when the leader is killed, median of \(gaps.count)"),
            Figure(
                "killGapWorst", gaps.last ?? 0, "s", goal: .atMost(1.5), "the same, worst of \(gaps.count)"),
        ]
    }

    /// Stops the leader of most shards and lets it go on later.
    mutating func pauses() async throws {
        var worst = 0.0
        for round in 1...Limits.pauses {
            let victim = try await leader()
            run.note("stopping \(victim) for a while, \(round) of \(Limits.pauses)")
            worst = max(
                worst,
                try await whileWriting { cluster, _ in
                    cluster.nodes[victim]?.signal(SIGSTOP)
                    try await cluster.run.pause(.seconds(Int64(2 * Limits.watchSeconds)))
                    cluster.nodes[victim]?.signal(SIGCONT)
                    try await cluster.run.pause(.seconds(1))
                })
            try await settled()
        }
        figures.append(
            Figure(
                "pauseGapWorst", worst, "s", goal: .atMost(3),
                "a writer's longest gap when the leader is stopped, worst of \(Limits.pauses)"))
    }

    /// Ends and starts every node, one after the other.
    mutating func rollingRestart() async throws {
        var worst = 0.0
        for name in names {
            run.note("restarting \(name)")
            let before = self
            var restarted: NodeProcess?
            worst = max(
                worst,
                try await whileWriting { cluster, _ in
                    guard let node = cluster.nodes[name] else { return }
                    node.signal(SIGTERM)
                    try await before.run.wait(seconds: Limits.stopSeconds, for: "\(name) to end") { !node.isRunning }
                    node.kill()
                    var copy = before
                    try await copy.start(name)
                    restarted = copy.nodes[name]
                    try await copy.settled()
                })
            nodes[name] = restarted
        }
        figures.append(
            Figure(
                "restartGapWorst", worst, "s", goal: .atMost(0.1), "a writer's longest gap in a rolling restart"))
    }

    private func leader() async throws -> String {
        guard let view = try await view(), !view.busiest.isEmpty else {
            throw Run.Failure.unexpected("n1 cannot say who leads")
        }
        return view.busiest
    }
}
