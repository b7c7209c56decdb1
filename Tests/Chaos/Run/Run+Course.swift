import AsyncHTTPClient
import ChaosChecker
import Foundation
import NIOHTTP1

/// What a run consists of, one after the other.
extension Run {
    /// - Throws: when there was no cluster that anything could be done to; whatever goes wrong afterwards is an incident.
    func proceed(
        _ cluster: LocalCluster, _ chronicle: Chronicle, _ board: Board, _ remedies: Remedies
    ) async throws {
        let operate = try await cluster.found()
        try await cluster.join(size - 1)
        guard let took = await cluster.settled() else { throw ChaosError.notSettled("the cluster was not settled") }
        narrator.say("\(size) nodes, settled after \(tenths(took)) s: \(means.network.text)")
        try await configure(operate)
        let watch = Task { await cluster.watch() }
        let load = Task { await work(operate, cluster, chronicle.recorder, board) }
        let injector = Injector(
            cluster: cluster, operate: operate, board: board, means: means, size: size, recorder: chronicle.recorder,
            journal: chronicle.faults, remedies: remedies)
        do {
            try await torment(injector)
        } catch {
            narrator.incident("the injector stopped: \(error)")
        }
        await heal(injector)
        chronicle.faults.end("broken off, then undone")
        board.end()
        narrator.say("the faults are over; the work goes on to its end")
        await drain(operate, injector)
        board.stop()
        await load.value
        for complaint in board.complaints { await cluster.incident(complaint) }
        narrator.say("the work has ended; reading everything")
        await read(operate, chronicle)
        watch.cancel()
        await watch.value
        try await operate.caller.http.shutdown()
    }

    private func read(_ operate: Operator, _ chronicle: Chronicle) async {
        let calls = chronicle.recorder.all
        let users = Set(calls.filter { $0.kind == .add }.flatMap(\.users))
        let clients = Set(calls.compactMap(\.client))
        do {
            chronicle.came(to: try await FinalStateReader(operate: operate).read(users: users, clients: clients))
        } catch {
            narrator.incident("the final state was not read: \(error)")
        }
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
    private func torment(_ injector: Injector) async throws {
        let deadline = ContinuousClock.now + .seconds(60 * minutes)
        for step in Schedule(seed: seed, kinds: kinds) {
            try await Task.sleep(for: .seconds(step.calm))
            if ContinuousClock.now >= deadline || injector.board.isOver { break }
            guard let fault = try await injector.perform(step, say: { narrator.say($0) }) else { continue }
            // What comes back late is still this fault's.
            let seen = Recovery(fault, injector.recorder.all, until: Date().timeIntervalSince1970)
            narrator.say("  clients: \(seen.summary)")
        }
    }

    /// Undoes what may be in force still and brings every node back.
    private func heal(_ injector: Injector) async {
        let cluster = injector.cluster
        for complaint in await injector.remedies.apply() { await cluster.incident(complaint) }
        await injector.insteadOfCondemned { narrator.say($0) }
        await cluster.recover()
        if let took = await cluster.settled() {
            narrator.say("healed: settled after \(tenths(took)) s")
        } else {
            await cluster.incident("the cluster was not settled \(Int(Limits.settleSeconds)) s after the last fault")
        }
    }

    /// Waits until no task waits any more, three times in a row: the operator may still be in its last call.
    private func drain(_ operate: Operator, _ injector: Injector) async {
        let deadline = ContinuousClock.now + .seconds(patience)
        var empty = 0
        while ContinuousClock.now < deadline {
            await injector.insteadOfCondemned { narrator.say($0) }
            empty = await operate.counts()?.waiting == 0 ? empty + 1 : 0
            if empty >= 3 { return }
            try? await Task.sleep(for: .milliseconds(500))
        }
        await injector.cluster.incident("the work had not ended \(Int(patience)) s after the last fault")
    }
}
