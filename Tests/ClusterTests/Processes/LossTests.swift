import Foundation
import NIOHTTP1
import TestSupport
import Testing

extension RealNodes {
    @Suite("Three real nodes under load, and what is done to them")
    struct LossTests {
        @Test("kill -9 of the leader of most shards: nothing acknowledged is lost, and clients only try again")
        func leaderKilled() async throws {
            try await LocalCluster.run { cluster in
                try await ClusterLoad.run(on: cluster) { load in
                    let victim = try await cluster.view().busiest
                    await (try cluster.process(victim)).kill()
                    try await load.goOn(20)
                    print("leader killed: \(load.summary)")
                    // Scripts/bench --cluster holds the figure against its goal, on a machine that does nothing else.
                    #expect(load.writer.longestGap < .seconds(5))
                    try await cluster.start(victim)
                }
                try await cluster.checkReplicas()
            }
        }

        @Test(
            "a leader that is stopped and goes on later: others answer meanwhile, and it disturbs nobody when it is back"
        )
        func leaderPaused() async throws {
            try await LocalCluster.run { cluster in
                try await ClusterLoad.run(on: cluster) { load in
                    let victim = try cluster.process(try await cluster.view().busiest)
                    victim.pause()
                    try await load.goOn(20)
                    print("leader paused: \(load.summary)")
                    load.writer.forgetGaps()
                    victim.resume()
                    try await load.goOn(20)
                    print("leader resumed: \(load.summary)")
                }
                try await cluster.checkReplicas()
            }
        }

        @Test("all nodes killed at once and started again: everything acknowledged is there")
        func allKilled() async throws {
            try await LocalCluster.run { cluster in
                try await ClusterLoad.run(on: cluster) { load in
                    for process in cluster.processes { process.signal(SIGKILL) }
                    for process in cluster.processes {
                        await process.ended()
                        try process.launch()
                    }
                    try await load.goOn()
                    print("all killed: \(load.summary)")
                }
                try await cluster.checkReplicas()
            }
        }

        @Test("two of three killed: the one that is left still shows what it holds, and says how old that may be")
        func staleReads() async throws {
            try await LocalCluster.run { cluster in
                let api = try cluster.api("n1")
                let users: [JSON] = (0..<40).map { ["screenName": .string("user\($0)")] }
                _ = try await api.operate(.POST, "/v1/users", ["users": .array(users)])
                // Once it is as far everywhere; each read then says no more than it must.
                try await eventually("n1 holds what was added") {
                    try await api.operate(.GET, "/v1/counts?consistency=stale").json["unmarked"].int == users.count
                }
                let well = try await api.operate(.GET, "/v1/counts?consistency=stale")
                #expect(try bound(of: well) <= 5)
                for name in ["n2", "n3"] { try await cluster.process(name).kill() }
                let killed = ContinuousClock.now
                try await eventually(within: .seconds(10), "n1 knows that it is alone") {
                    try await api.operate(.GET, "/v1/counts").status == 503
                }
                for path in ["/v1/counts", "/v1/users", "/v1/users/user7", "/v1/clients", "/v1/services", "/v1/stats"] {
                    let alone = ContinuousClock.now - killed
                    let stale = try await api.operate(.GET, "\(path)?consistency=stale")
                    #expect(stale.status == 200, "\(path): \(stale.text)")
                    #expect(try .seconds(bound(of: stale)) >= alone, "\(path)")
                    let exact = try await api.operate(.GET, path)
                    #expect(exact.status == 503, "\(path): \(exact.text)")
                    #expect(exact.headers.first(name: Self.boundHeader) == nil)
                }
                let counts = try await api.operate(.GET, "/v1/counts?consistency=stale")
                #expect(counts.json["unmarked"].int == users.count)
                print("alone for \((ContinuousClock.now - killed).seconds) s: says \(try bound(of: counts)) s")
            }
        }

        private static let boundHeader = "X-Dmcheck-Staleness-Seconds"

        private func bound(of answer: Answer) throws -> Int {
            try #require(answer.headers.first(name: Self.boundHeader).flatMap { Int($0) })
        }

        @Test("two of three stopped: the one that is left grants nothing and says so within a second")
        func minority() async throws {
            try await LocalCluster.run { cluster in
                let api = try cluster.api("n1")
                let users: [JSON] = (0..<400).map { ["screenName": .string("user\($0)")] }
                _ = try await api.operate(.POST, "/v1/users", ["users": .array(users), "mark": ["service": "dmcheck"]])
                let volunteer = Volunteer(api, 1)
                try await volunteer.register()
                for name in ["n2", "n3"] { try cluster.process(name).pause() }
                let stopped = ContinuousClock.now
                // Until it knows, it may wait for the others; from then on it says at once that it cannot.
                try await eventually(within: .seconds(10), "n1 knows that it is alone") {
                    try await volunteer.lease().status == 503
                }
                print("alone: known after \((ContinuousClock.now - stopped).seconds) s")
                var took: [Duration] = []
                for _ in 0..<5 {
                    let began = ContinuousClock.now
                    let answer = try await volunteer.lease(count: 3)
                    took.append(ContinuousClock.now - began)
                    #expect(answer.status == 503, "\(answer.text)")
                    #expect(answer.json["leases"].array.isEmpty)
                }
                // The middle one: what else the machine does may hold up one call or another.
                print("alone: refused after \(took.map(\.seconds)) s")
                #expect(took.sorted()[2] < .seconds(1))
                for name in ["n2", "n3"] { try cluster.process(name).resume() }
                let back = ContinuousClock.now
                try await eventually("leases are granted again") {
                    try await volunteer.lease().json["granted"].int == 1
                }
                print("together again: granted after \((ContinuousClock.now - back).seconds) s")
                try await cluster.checkReplicas()
            }
        }
    }
}
