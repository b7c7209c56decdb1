import Foundation
import NIOHTTP1
import SeededRandom
import Synchronization
import TestSupport
import Testing

@Suite("U14-U18: kill -9, again and again, under load", .serialized)
struct KillLoopTests {
    /// How many times the node is killed; `DMCHECK_KILLS` asks for another number.
    static let kills = ProcessInfo.processInfo.environment["DMCHECK_KILLS"].flatMap(Int.init) ?? 50

    @Test("killed at random moments: nothing acknowledged is missing, nobody shares a user, the accounts balance")
    func U14_to_U18_randomMoments() async throws {
        let seed =
            ProcessInfo.processInfo.environment["DMCHECK_SEED"].flatMap(UInt64.init) ?? .random(in: 0 ... .max)
        var random = SplitMix64(seed: seed)
        print("seed \(seed)")
        try await NodeProcess.run { node, api in
            _ = try await api.operate(.PATCH, "/v1/settings", ["registrationsPerMinutePerSource": 100_000])
            _ = try await api.operate(
                .PUT, "/v1/services/dmcheck", ["bucketSize": 10, "coolDownSeconds": 0, "maxOutstanding": 100])
            let ledger = Ledger()
            let work = Workload(api: api, ledger: ledger)
            for number in 0..<6 { try await work.register(number) }
            var slowest = Duration.zero
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 { group.addTask { try await work.volunteer(number) } }
                group.addTask { try await work.importer() }
                for _ in 0..<Self.kills {
                    await ledger.waitForAcknowledgements(Int.random(in: 1...40, using: &random))
                    node.kill()
                    let start = try await node.start()
                    #expect(start.served)
                    slowest = max(slowest, start.took)
                    work.resume()
                }
                work.finish()
                try await group.waitForAll()
            }
            print("killed \(Self.kills) times, slowest restart \(slowest), \(ledger.summary)")
            try await ledger.check(against: api)
            #expect(slowest < .seconds(10))
        }
    }

    @Test(
        "killed at each step of each exchange: the same call again finishes it",
        arguments: ["proposed", "durable", "applied"],
        [
            "register", "addUsers", "reserve", "grant", "granted", "report", "renew", "giveBack", "inbox",
            "outboxDelivered",
            "beginUnregister", "cancel", "slotCancelled", "finishUnregister",
        ])
    func U14_to_U18_eachStep(step: String, command: String) async throws {
        try await NodeProcess.run(shards: 2) { node, api in
            _ = try await api.operate(.PUT, "/v1/services/dmcheck", ["bucketSize": 5, "coolDownSeconds": 0])
            node.kill()
            try #require(try await node.start(crashAt: "\(step):\(command)").served)
            let ledger = Ledger()
            let work = Workload(api: api, ledger: ledger)
            let exchange = Task { try await work.oneOfEach() }
            // The exchange stops at the planned crash; the node comes back without one, and everything is repeated.
            #expect(node.waitUntilExit() == SIGKILL, "the crash point \(step):\(command) was not reached")
            try #require(try await node.start().served)
            work.resume()
            work.finish()
            try await exchange.value
            try await ledger.check(against: api)
        }
    }
}
