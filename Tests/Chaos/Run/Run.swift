import AsyncHTTPClient
import ChaosChecker
import Foundation
import NIOHTTP1

/// One run: a cluster, load, faults, healing, the end of the work, and the check.
struct Run {
    let program: String
    let folder: String
    let seed: UInt64
    let minutes: Double
    let size: Int
    let kinds: [FaultKind]
    let means: Means
    /// Seconds for the work to end.
    let patience: Double
    let narrator: Narrator

    func execute() async throws -> (history: History, violations: [Violation]) {
        let cluster = LocalCluster(program: program, folder: folder, network: means.network, narrator: narrator)
        do {
            let outcome = try await execute(on: cluster)
            await cluster.stopAll()
            return outcome
        } catch {
            await cluster.stopAll()
            throw error
        }
    }

    private func execute(on cluster: LocalCluster) async throws -> (history: History, violations: [Violation]) {
        let operate = try await cluster.found()
        try await cluster.join(size - 1)
        guard let took = await cluster.settled() else { throw ChaosError.notSettled("the cluster was not settled") }
        narrator.say("\(size) nodes, settled after \(tenths(took)) s: \(means.network.text)")
        try await configure(operate)
        let recorder = try Recorder(file: "\(folder)/history.jsonl")
        let board = Board()
        var faults: [FaultRecord] = []
        let watch = Task { await cluster.watch() }
        let load = Task { await work(operate, cluster, recorder, board) }
        let injector = Injector(cluster: cluster, operate: operate, board: board, means: means, size: size)
        do {
            faults = try await torment(injector, recorder)
        } catch {
            await cluster.incident("the injector stopped: \(error)")
        }
        try await heal(cluster, injector)
        board.end()
        narrator.say("the faults are over; the work goes on to its end")
        await drain(operate, cluster)
        board.stop()
        await load.value
        for complaint in board.complaints { await cluster.incident(complaint) }
        narrator.say("the work has ended; reading everything")
        let calls = recorder.all
        let users = Set(calls.filter { $0.kind == .add }.flatMap(\.users))
        let clients = Set(calls.compactMap(\.client))
        let final = try await FinalStateReader(operate: operate).read(users: users, clients: clients)
        watch.cancel()
        await watch.value
        try await operate.caller.http.shutdown()
        let history = History(
            seed: seed, settings: Settings(graceSeconds: Double(Limits.graceSeconds)), calls: calls, faults: faults,
            final: final, incidents: await cluster.incidents)
        return (history, Checker.violations(of: history))
    }

    private struct ServiceSettings: Encodable {
        var bucketSize = Limits.bucketSize
        var leaseSeconds = Limits.leaseSeconds
        var graceSeconds = Limits.graceSeconds
        var maxLeaseSeconds = Limits.maxLeaseSeconds
        var coolDownSeconds = Limits.coolDownSeconds
        var epochSeconds = Limits.epochSeconds
    }

    private struct ClusterSettings: Encodable {
        // Volunteers that die are part of the load here; nobody is to be throttled for it.
        struct Malfunction: Encodable { var enabled = false }
        var registrationsPerMinutePerSource = 10_000
        var requestsPerSecondPerClient = Limits.requestsPerSecond
        var malfunction = Malfunction()
    }

    private func configure(_ operate: Operator) async throws {
        let service = await operate.ask(.PUT, "/v1/services/dmcheck", body: ServiceSettings())
        let settings = await operate.ask(.PATCH, "/v1/settings", body: ClusterSettings())
        guard service?.outcome == .done, settings?.outcome == .done else {
            throw ChaosError.notSettled(
                "the settings were not taken: \(service?.detail ?? "") \(settings?.detail ?? "")")
        }
    }

    /// Everyone who makes calls, until the board says that it is over.
    private func work(_ operate: Operator, _ cluster: LocalCluster, _ recorder: Recorder, _ board: Board) async {
        await withTaskGroup(of: Void.self) { group in
            for number in 1...Limits.volunteers {
                group.addTask {
                    var volunteer = Volunteer(
                        number: number, seed: seed, caller: operate.caller, directory: cluster.directory,
                        recorder: recorder, board: board)
                    await volunteer.run()
                }
            }
            group.addTask {
                var load = OperatorLoad(operate: operate, recorder: recorder, board: board, seed: seed)
                await load.run()
            }
        }
    }

    /// Fault after fault until the time is up; after each it says what clients saw.
    private func torment(_ injector: Injector, _ recorder: Recorder) async throws -> [FaultRecord] {
        let deadline = ContinuousClock.now + .seconds(60 * minutes)
        var faults: [FaultRecord] = []
        for step in Schedule(seed: seed, kinds: kinds) {
            try await Task.sleep(for: .seconds(step.calm))
            if ContinuousClock.now >= deadline { break }
            let fault = try await injector.perform(step, number: faults.count + 1) { narrator.say($0) }
            faults.append(fault)
            // What comes back late is still this fault's.
            let seen = Recovery(fault, recorder.all, until: Date().timeIntervalSince1970)
            narrator.say("  clients: \(seen.summary)")
        }
        return faults
    }

    private func heal(_ cluster: LocalCluster, _ injector: Injector) async throws {
        try await injector.replaceCondemned { narrator.say($0) }
        for node in await cluster.ordered {
            switch node.state {
            case .running: break
            case .doomed: await cluster.spare(node.name)
            case .paused: await cluster.resume(node.name)
            case .down: try await cluster.start(node.name)
            }
        }
        if let took = await cluster.settled() {
            narrator.say("healed: settled after \(tenths(took)) s")
        } else {
            await cluster.incident("the cluster was not settled \(Int(Limits.settleSeconds)) s after the last fault")
        }
    }

    /// Waits until no task waits any more, twice in a row: the operator may still be in its last call.
    private func drain(_ operate: Operator, _ cluster: LocalCluster) async {
        let deadline = ContinuousClock.now + .seconds(patience)
        var empty = 0
        while ContinuousClock.now < deadline {
            empty = await operate.counts()?.waiting == 0 ? empty + 1 : 0
            if empty >= 3 { return }
            try? await Task.sleep(for: .milliseconds(500))
        }
        await cluster.incident("the work had not ended \(Int(patience)) s after the last fault")
    }
}
