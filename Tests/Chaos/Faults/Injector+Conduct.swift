import ChaosChecker
import Foundation

extension Injector {
    /// What the kind makes of the volunteers, and in words.
    func misconduct(_ kind: FaultKind) -> (Misconduct, String) {
        switch kind {
        case .volunteersDie: (.dying, "ends in the middle of each submit and comes again")
        case .lateSubmits: (.late, "keeps its results until the lease has expired")
        case .strangers: (.stranger, "reports under the leases of others")
        default: (.lying, "says that it is another and names leases and users that it was not given")
        }
    }

    func misbehave(_ misconduct: Misconduct, _ seconds: Double) async throws -> String {
        board.misconduct = misconduct
        defer { board.misconduct = nil }
        try await Task.sleep(for: .seconds(seconds))
        return "they behave again"
    }

    /// The flood must be held back, and the others served as before, or nearly.
    func flood(_ step: Schedule.Step) async -> String {
        var flood = Flood(caller: operate.caller, directory: operate.directory, seed: step.draw)
        guard await flood.register() else {
            await cluster.incident("nobody took the client in that was to flood a node")
            return "nobody took the client in"
        }
        let began = Date().timeIntervalSince1970
        let answers = await flood.run(seconds: step.seconds)
        let (calm, flooded) = (acknowledged(began - step.calm, began), acknowledged(began, began + step.seconds))
        let sent = answers.values.reduce(0, +)
        // Twice what a node lets through: its bucket is full at the beginning.
        let allowed = Double(2 * Limits.requestsPerSecond) * (step.seconds + 1)
        if Double(sent) > allowed, answers[429] == nil {
            await cluster.incident("a flood of \(sent) requests in \(tenths(step.seconds)) s was never refused")
        }
        let shares = "the others \(tenths(flooded)) acknowledgements a second, \(tenths(calm)) before it"
        if flooded < Limits.shareInFlood * calm { await cluster.incident("a flood of one client left \(shares)") }
        let shown = answers.sorted { $0.key < $1.key }.map {
            "\($0.value) \($0.key == 0 ? "unanswered" : "with \($0.key)")"
        }
        return "\(sent) requests, answered: \(shown.joined(separator: ", ")); \(shares)"
    }

    /// How many calls of volunteers and operator were acknowledged in each second of that time.
    private func acknowledged(_ from: Double, _ to: Double) -> Double {
        Double(recorder.all.count { $0.outcome == .done && (from..<to).contains($0.end) }) / (to - from)
    }
}
