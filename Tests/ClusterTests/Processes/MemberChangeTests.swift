import Foundation
import NIOHTTP1
import TestSupport
import Testing

extension RealNodes {
    @Suite("Members that come and go under load")
    struct MemberChangeTests {
        @Test("two nodes are added and taken out again: clients do not notice, nothing acknowledged is lost")
        func threeToFiveAndBack() async throws {
            try await LocalCluster.run(spare: 2) { cluster in
                try await ClusterLoad.run(on: cluster) { load in
                    let began = ContinuousClock.now
                    let added = try await cluster.add(2)
                    try await cluster.waitUntilSettled()
                    print("3 -> 5 in \((ContinuousClock.now - began).seconds) s: \(load.summary)")
                    for name in added {
                        #expect(try await cluster.view().member(name)["shards"].int ?? 0 > 0, "\(name) has its share")
                    }
                    load.writer.forgetGaps()
                    let leaves = ContinuousClock.now
                    for name in added { try await cluster.remove(name) }
                    try await cluster.waitUntilSettled()
                    print("5 -> 3 in \((ContinuousClock.now - leaves).seconds) s: \(load.summary)")
                }
                try await cluster.checkReplicas()
            }
        }

        @Test("a node whose disk is lost is replaced: one under a new name joins, the dead one is taken out")
        func wipedNodeReplaced() async throws {
            try await LocalCluster.run(spare: 1) { cluster in
                try await ClusterLoad.run(on: cluster) { load in
                    let lost = try cluster.process("n3")
                    await lost.kill()
                    try lost.wipe()
                    try await load.goOn()
                    try await cluster.add()
                    try await cluster.remove("n3")
                    try await cluster.waitUntilSettled()
                    print("replaced: \(load.summary)")
                }
                #expect(try await cluster.view().members == ["n1", "n2", "n4"])
                try await cluster.checkReplicas()
            }
        }

        @Test("a node that was removed ends when it is started again, and says why")
        func removedNodeStarted() async throws {
            try await LocalCluster.run(spare: 1) { cluster in
                let name = try #require(try await cluster.add().first)
                let process = try cluster.process(name)
                try await cluster.remove(name)
                try process.launch()
                #expect(await process.ended() == 1)
                #expect(process.lastWords.contains("this node was removed from the cluster"), "\(process.lastWords)")
            }
        }

        @Test("a rolling restart by SIGTERM: each ends with 0, and clients only try again")
        func rollingRestart() async throws {
            try await LocalCluster.run { cluster in
                try await ClusterLoad.run(on: cluster) { load in
                    for process in cluster.processes {
                        #expect(await process.terminate() == 0)
                        try await cluster.start(process.name)
                        try await cluster.waitUntilSettled()
                        try await load.goOn()
                    }
                    print("rolling restart: \(load.summary)")
                    #expect(load.writer.longestGap < .seconds(5))
                }
                try await cluster.checkReplicas()
            }
        }
    }
}
