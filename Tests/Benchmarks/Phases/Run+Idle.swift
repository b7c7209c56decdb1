import Foundation
import NIOCore

extension Run {
    /// Waits until what goes on behind the answers has ended: the folder stays as large as it is for some seconds. Answers its
    /// size in bytes.
    @discardableResult
    func settle(_ node: NodeProcess, _ connection: OperatorConnection) async throws -> Int {
        note("waiting until the node is at rest")
        var size = -1
        var quiet = 0
        for _ in 0..<Limits.settleSeconds where quiet < Limits.quietSeconds {
            let (shards, rest) = node.diskBytes()
            quiet = shards + rest == size ? quiet + 1 : 0
            size = shards + rest
            // A connection that nobody uses is closed by the node.
            if quiet % 4 == 3 { _ = try await syncs(connection) }
            try await pause(.seconds(1))
        }
        return size
    }

    /// What a node costs that nobody asks anything.
    mutating func idle(_ node: NodeProcess, _ connection: OperatorConnection) async throws {
        note("idle for \(Limits.idleSeconds) s")
        let syncsBefore = try await syncs(connection)
        // Answering the question itself is not rest.
        try await pause(.seconds(1))
        let before = node.figures()
        try await pause(.seconds(Int64(Limits.idleSeconds)))
        let after = node.figures()
        let syncsAfter = try await syncs(connection)
        figures.append(
            Figure(
                "idleProcessor", 100 * (after.processorSeconds - before.processorSeconds) / Double(Limits.idleSeconds),
                "% of a core", goal: .atMost(1), "processor time of the idle node"))
        if let counted = try tracedSyncs(of: node) {
            figures.append(
                Figure(
                    "idleFsyncs", Double(counted), "", goal: .atMost(0),
                    "fsyncs of the idle node in \(Limits.idleSeconds) s, traced"))
        } else if let syncsBefore, let syncsAfter {
            figures.append(
                Figure(
                    "idleFsyncs", syncsAfter - syncsBefore, "", goal: .atMost(0),
                    "fsyncs of the idle node in \(Limits.idleSeconds) s"))
        }
    }

    /// The calls that reach the disk, as the system sees them; nil where there is no strace or it may not trace.
    private func tracedSyncs(of node: NodeProcess) throws -> Int? {
        let strace = "/usr/bin/strace"
        guard FileManager.default.isExecutableFile(atPath: strace) else { return nil }
        let output = "\(folder)/strace"
        let trace = try ChildProcess(
            "/usr/bin/timeout",
            [
                "--kill-after=2", "\(Limits.idleSeconds)", strace, "-f", "-qq",
                "-e", "trace=fsync,fdatasync,sync_file_range,msync", "-o", output, "-p", "\(node.identifier)",
            ], output: "/dev/null")
        // timeout answers 124 when the time was up, which here is success; 125 or more, or strace's own 1, is not.
        guard trace.wait() == 124 else { return nil }
        let lines = (try? String(contentsOfFile: output, encoding: .utf8))?.split(separator: "\n") ?? []
        return lines.count { $0.contains("sync(") || $0.contains("sync_file_range(") }
    }
}
