import ChaosChecker
import Foundation
import NIOHTTP1
import SeededRandom

extension Injector {
    /// Damages a file of a node that does not run and starts it. A node that refuses is replaced, as the runbook says; so is one
    /// that serves and is found out by the digests. One that serves and is as the others are was not hurt, and stays.
    func damage(
        _ kind: FaultKind, _ name: String, _ random: inout SplitMix64, _ tell: (String) -> Void
    ) async throws -> String {
        let hard = random.happens(50)
        if hard { await cluster.kill(name) } else { _ = await cluster.stop(name) }
        guard let node = await cluster.nodes[name],
            let file = files(kind, of: node).randomElement(using: &random)
        else {
            tell("\(hard ? "kill -9" : "SIGTERM") \(name), which has no such file, start")
            try await cluster.start(name)
            return await back([name])
        }
        await cluster.suspect(name)
        let done = try Damage.inflict(on: file, &random)
        let shown = file.dropFirst(node.data.count + 1)
        tell("\(hard ? "kill -9" : "SIGTERM") \(name), \(done) in its \(shown), start")
        try await cluster.start(name)
        await cluster.doom(name)
        if let ended = await cluster.endsAtStart(name) {
            if ended.status != 1 || !ended.words.contains(node.data) {
                await cluster.incident("\(name), damaged, ended with status \(ended.status): \(ended.words)")
            }
            return "it refused (\(ended.words)); " + (try await replace(name))
        }
        let comparison = await compare(name)
        // Its end is judged from here on, also one that has come already.
        await cluster.spare(name)
        switch comparison {
        case .same: return "it serves, and holds what the others hold"
        case .ended: return "it served, and then ended"
        case .unknown:
            await cluster.incident(
                "\(name), damaged, serves, and digests could not be compared in \(Int(Limits.digestSeconds)) s")
            return "it serves; what it holds is not known"
        case .different(let shards):
            return "it served, and digests show that it differs in shards \(shards.joined(separator: ", ")); "
                + (try await replace(name))
        }
    }

    private func files(_ kind: FaultKind, of node: Node) -> [String] {
        let folder = kind == .damageLog ? node.data : "\(node.data)/shards"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().map { "\(folder)/\($0)" }.filter { file in
            let size = (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int ?? 0
            return (file.hasSuffix(".db") || file.hasSuffix(".db-wal")) && size > 0
        }
    }

    private enum Comparison {
        case same, different([String])
        /// It has noticed itself, or come to grief.
        case ended
        case unknown
    }

    /// Whether this node's replicas are as the others are.
    private func compare(_ name: String) async -> Comparison {
        let deadline = ContinuousClock.now + .seconds(Limits.digestSeconds)
        repeat {
            let reply = await operate.ask(.GET, "/v1/cluster?digest=true", patience: 30)
            if let view = reply?.decoded(ClusterView.self) {
                let own = view.shards.filter { shard in shard.replicas.contains { $0.node == name } }
                if own.allSatisfy({ $0.replicas.allSatisfy { $0.digest != nil } }) {
                    let different = own.filter { Set($0.replicas.map(\.digest)).count > 1 }.map(\.id)
                    return different.isEmpty ? .same : .different(different)
                }
            }
            if await cluster.nodes[name]?.child?.isRunning != true { return .ended }
            // Nobody tells when a replica can answer that could not: it is asked again.
            try? await Task.sleep(for: .milliseconds(500))
        } while ContinuousClock.now < deadline
        return .unknown
    }

    /// The node's folder lies on a small disk, which something else fills: it must end and say why, and start again when there
    /// is room.
    func fillDisk(of name: String, _ seconds: Double) async throws -> String {
        _ = await cluster.stop(name)
        guard let node = await cluster.nodes[name] else { return "" }
        let disk = SmallDisk(path: node.data)
        await remedies.add("the full disk of \(name)") {
            disk.free()
            await cluster.kill(name)
            try await disk.putBack()
        }
        try await disk.moveIn()
        try await cluster.start(name)
        var parts = [await back([name])]
        await cluster.doom(name)
        disk.fill()
        parts.append(await expectEnd(of: name, saying: "space"))
        try await Task.sleep(for: .seconds(seconds))
        disk.free()
        try await cluster.start(name)
        parts.append("with room again " + (await back([name])))
        _ = await cluster.stop(name)
        try await disk.moveOut()
        try await cluster.start(name)
        parts.append("on a large disk " + (await back([name])))
        return parts.joined(separator: "; ")
    }

    /// Every write of the node fails: it must end and say why.
    func failWrites(of name: String) async throws -> String {
        _ = await cluster.stop(name)
        guard let log = await cluster.nodes[name]?.log else { return "" }
        await remedies.add("the limit on the files of \(name)") { await cluster.kill(name) }
        try await cluster.start(name, through: FileLimit.entry(log: log))
        var parts = [await back([name])]
        await cluster.doom(name)
        if let process = await cluster.nodes[name]?.child?.identifier { try await FileLimit.impose(on: process) }
        parts.append(await expectEnd(of: name, saying: "failed"))
        try await cluster.start(name)
        parts.append("with a good disk " + (await back([name])))
        return parts.joined(separator: "; ")
    }

    func slowDisk(of name: String, _ rate: Int, _ seconds: Double) async throws -> String {
        guard let throttle = means.throttle, let process = await cluster.nodes[name]?.child?.identifier else {
            return ""
        }
        await remedies.add("the slow disk of \(name)") { throttle.release(process, name) }
        try throttle.slow(process, name, perSecond: rate)
        defer { throttle.release(process, name) }
        try await Task.sleep(for: .seconds(seconds))
        return "its disk is as it was"
    }

    /// A node that cannot write ends with status 1 and a word of why.
    private func expectEnd(of name: String, saying word: String) async -> String {
        let began = ContinuousClock.now
        guard let ended = await cluster.end(of: name, within: Limits.endSeconds) else {
            await cluster.incident("\(name) had not ended \(Int(Limits.endSeconds)) s after its writes began to fail")
            await cluster.kill(name)
            return "it did not end"
        }
        if ended.status != 1 || !ended.words.contains(word) {
            await cluster.incident("\(name), which could not write, ended with status \(ended.status): \(ended.words)")
        }
        return "it ended after \(tenths((ContinuousClock.now - began) / .seconds(1))) s (\(ended.words))"
    }
}
