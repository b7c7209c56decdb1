import ChaosChecker
import Foundation
import SeededRandom

/// Does one fault of a schedule to a cluster and undoes it.
struct Injector {
    let cluster: LocalCluster
    let operate: Operator
    let board: Board
    let means: Means
    /// How many members there are when nobody is being added or removed.
    let size: Int
    /// What clients have seen.
    let recorder: Recorder
    let journal: FaultJournal
    let remedies: Remedies

    /// - Returns: its record, which is in the journal too.
    func perform(_ step: Schedule.Step, say: @escaping (String) -> Void) async throws -> FaultRecord? {
        try await replaceCondemned(say)
        var random = SplitMix64(seed: step.draw)
        let running = await cluster.running.map(\.name)
        guard !running.isEmpty else { throw ChaosError.nobodyRuns }
        let victim = await victim(of: step.kind, among: running, &random)
        let length = "for \(tenths(step.seconds)) s"
        let number = journal.begin(step.kind)
        let tell = { (words: String) in
            journal.tell(words)
            say("fault \(number) \(step.kind.rawValue): \(words)")
        }
        var ending = ""
        switch step.kind {
        case .kill, .killLeader:
            tell("kill -9 \(victim.text), down \(length)")
            ending = try await kill([victim.name], step.seconds)
        case .killMinority, .killMajority, .killAll:
            let count =
                [.killMinority: (running.count - 1) / 2, .killMajority: running.count / 2 + 1][step.kind]
                ?? running.count
            let names = Array(running.shuffled(using: &random).prefix(count)).sorted()
            tell("kill -9 \(names.joined(separator: ", ")) of \(running.count), down \(length)")
            ending = try await kill(names, step.seconds)
        case .pause, .pauseLeader:
            tell("SIGSTOP \(victim.text) \(length)")
            await cluster.pause(victim.name)
            try await Task.sleep(for: .seconds(step.seconds))
            await cluster.resume(victim.name)
            ending = await back([victim.name])
        case .restart:
            tell("SIGTERM and start of \(victim.text)")
            ending = try await restart(victim.name)
        case .rollingRestart:
            tell("SIGTERM and start of \(running.joined(separator: ", ")), one after the other")
            var parts: [String] = []
            for name in running { parts.append(try await restart(name)) }
            ending = parts.joined(separator: "; ")
        case .addNode:
            tell("a new node joins \(running.count)")
            ending = try await add()
        case .removeNode:
            tell("\(victim.text) is removed\(running.count <= size ? ", after another has come" : "")")
            if running.count <= size { ending = try await add() + "; " }
            ending += await remove(victim.name)
        case .wipeNode:
            tell("kill -9 \(victim.text), its disk is lost; a new node comes in its place")
            ending = try await replace(victim.name)
        case .cutOneWay, .cutTwoWays, .isolate, .isolateLeader:
            let cuts = cuts(step.kind, victim.name, running, &random)
            tell("cut \(cuts.map { "\($0.0) to \($0.1)" }.joined(separator: ", ")) \(length)")
            let (from, to) = try await cut(cuts, step.seconds)
            if step.kind == .isolate || step.kind == .isolateLeader {
                journal.isolated(FaultRecord.Isolation(node: victim.name, from: from, to: to))
            }
            ending = await back(Array(Set(cuts.flatMap { [$0.0, $0.1] })).sorted())
        case .volunteersDie, .lateSubmits, .strangers, .liars:
            let (misconduct, words) = misconduct(step.kind)
            tell("every volunteer \(words), \(length)")
            ending = try await misbehave(misconduct, step.seconds)
        case .damageLog, .damageShard:
            ending = try await damage(step.kind, victim.name, &random, tell)
        case .fullDisk:
            tell("the disk of \(victim.text) is full, \(length) and more")
            ending = try await fillDisk(of: victim.name, step.seconds)
        case .writeError:
            tell("no write of \(victim.text) succeeds any more")
            ending = try await failWrites(of: victim.name)
        case .slowDisk:
            let rate = Int.random(in: Limits.slowWrites, using: &random)
            tell("the disk of \(victim.text) takes \(rate) writes a second, \(length)")
            ending = try await slowDisk(of: victim.name, rate, step.seconds)
        case .stutter:
            tell("\(victim.text) stops and goes on several times a second, \(length)")
            ending = try await stutter(victim.name, step.seconds, &random)
        case .clockJump, .clockDrift:
            ending = try await moveClock(step, of: victim.name, &random, tell)
        case .oldCertificate:
            let days = Int.random(in: Limits.certificateDays, using: &random)
            tell("by the clock of \(victim.text) its certificate is \(days) days old, of 90, \(length)")
            ending = try await ageCertificate(of: victim.name, days: days, step.seconds)
        case .rotateKeys:
            tell("the keys of gossip change twice while \(victim.text) is down")
            ending = try await rotateKeys(without: victim.name)
        case .delay, .loss, .reorder:
            ending = try await disturb(step, victim.name, running, &random, tell)
        case .flood:
            tell("one client asks as fast as it can, \(Limits.floodAtOnce) times at once, \(length)")
            ending = await flood(step)
        }
        await remedies.forget()
        say("  healed: \(ending)")
        return journal.end(ending)
    }

    /// Who is hit: the leader of most shards where the kind says so, else anyone.
    private func victim(of kind: FaultKind, among running: [String], _ random: inout SplitMix64) async -> (
        name: String, text: String
    ) {
        if [.killLeader, .pauseLeader, .isolateLeader].contains(kind), let view = await operate.view(),
            let member = view.members.filter({ running.contains($0.name) }).max(by: {
                ($0.leaders, $0.name) < ($1.leaders, $1.name)
            })
        {
            return (member.name, "\(member.name), which leads \(member.leaders) of \(view.shards.count) shards,")
        }
        let name = running[Int.random(in: running.indices, using: &random)]
        return (name, name)
    }

    private func kill(_ names: [String], _ seconds: Double) async throws -> String {
        for name in names { await cluster.kill(name) }
        try await Task.sleep(for: .seconds(seconds))
        for name in names { try await cluster.start(name) }
        return await back(names)
    }

    func restart(_ name: String) async throws -> String {
        let took = await cluster.stop(name)
        try await cluster.start(name)
        return "\(name) ended in \(took.map(tenths) ?? "-") s, " + (await back([name]))
    }

    /// Waits until each of them serves again.
    func back(_ names: [String]) async -> String {
        let began = ContinuousClock.now
        for name in names {
            guard let node = await cluster.nodes[name] else { continue }
            if await !cluster.isReady(node.endpoint, within: Limits.readySeconds) {
                await cluster.incident("\(name) was not ready \(Int(Limits.readySeconds)) s after its fault")
            }
        }
        return "\(names.joined(separator: ", ")) ready after \(tenths((ContinuousClock.now - began) / .seconds(1))) s"
    }
}
