import Foundation
import NIOCore

extension ClusterRun {
    private static let newcomer = "n\(Limits.nodes + 1)"

    /// Adds a node to all that is stored, and counts what that moved.
    mutating func grow() async throws {
        let name = Self.newcomer
        run.note("adding \(name)")
        var before = 0.0
        for member in names { before += try await received(member) }
        let began = ContinuousClock.now
        try await join(name)
        try await settled()
        let seconds = (ContinuousClock.now - began).seconds
        var moved = -before
        for member in names { moved += try await received(member) }
        let share = Double(nodes[name]?.diskBytes().shards ?? 0)
        guard share > 0 else { throw Run.Failure.unexpected("\(name) has no shards") }
        figures += [
            Figure("addNode", seconds, "s", "from adding a node to balanced, \(run.users) users"),
            Figure("addNodeBytes", moved / 1e6, "MB", "bytes between the nodes for that"),
            Figure("addNodeBytesShare", moved / share, "", "the same, against the files that the new node has"),
        ]
    }

    private func received(_ name: String) async throws -> Double {
        try await metric("dmcheck_peer_bytes_total{direction=\"in\"}", of: name)
    }

    /// Drains that node and takes it out, while somebody writes.
    mutating func shrink() async throws {
        let name = Self.newcomer
        run.note("draining \(name), then removing it")
        let run = run
        let gap = try await whileWriting { cluster, _ in
            let operating = try await cluster.connection()
            try await operating.call("POST", "/v1/nodes/\(name)/drain", expecting: [202])
            try await run.wait(seconds: Limits.balanceSeconds, for: "\(name) to be drained") {
                guard let view = try await cluster.view() else { return false }
                return view.shards(of: name) == 0 && view.balanced
            }
            run.note("\(name) is drained")
            try await operating.call("DELETE", "/v1/nodes/\(name)", expecting: [202])
            try await run.wait(seconds: Limits.balanceSeconds, for: "\(name) to leave") {
                try await cluster.view()?.members.contains { $0.name == name } == false
            }
            await operating.close()
        }
        nodes.removeValue(forKey: name)?.kill()
        try await settled()
        figures.append(
            Figure(
                "drainGap", gap, "s", goal: .atMost(0.1), "a writer's longest gap while a node is drained and removed"))
    }

    /// Runs `body` while a writer writes at the first nodes; the writer's longest gap in that time, in seconds.
    func whileWriting(_ body: (ClusterRun, Writer) async throws -> Void) async throws -> Double {
        let members = names.filter { $0 != Self.newcomer }
        let writer = Writer(try members.map { try endpoint($0) }, token: try token())
        let writing = Task { try await writer.run() }
        defer { writing.cancel() }
        try await run.wait(seconds: Limits.readySeconds, for: "the writer to begin") { writer.tally.acknowledged > 5 }
        let began = ContinuousClock.now
        do {
            try await body(self, writer)
        } catch {
            writer.stop()
            throw error
        }
        let gap = writer.longestGap(from: began, to: .now)
        writer.stop()
        try await writing.value
        run.note(
            "\(writer.tally.acknowledged) calls acknowledged in \(writer.tally.attempts) attempts; "
                + "the longest gap \(plain(gap.seconds)) s, after \(plain(gap.at)) s")
        return gap.seconds
    }
}
