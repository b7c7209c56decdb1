import Membership
import Testing

/// An hour of fifty members that hear each other only through bytes, with crashes, restarts, news and lost datagrams.
@Suite("an hour in bytes")
struct HourTests {
    @Test("no datagram is longer than its model, and everybody is still known to everybody")
    func hour() throws {
        var cluster = try SealedCluster(count: 50, seed: 1)
        try cluster.run(for: .seconds(600))
        report("quiet, ten minutes", cluster.traffic, seconds: 600)
        let quiet = cluster.traffic
        cluster.loss = 2
        for minute in 0..<50 {
            cluster.crash(minute)
            try cluster.update((minute + 7) % 50, application: [UInt8](repeating: 1, count: minute))
            try cluster.run(for: .seconds(30))
            try cluster.restart(minute)
            try cluster.run(for: .seconds(30))
        }
        report("the hour", cluster.traffic, seconds: 3600)
        #expect(cluster.traffic.excesses == 0)
        #expect(cluster.traffic.longest <= Limits.datagramBytes)
        #expect(Double(quiet.plainBytes) < 0.8 * Double(quiet.modelBytes))
        #expect(cluster.traffic.plainBytes < cluster.traffic.modelBytes)
        #expect(cluster.members.allSatisfy { $0.liveCount == 50 })
    }

    private func report(_ what: String, _ traffic: EncodedTraffic, seconds: Int) {
        let datagrams = Double(traffic.datagrams)
        print(
            "\(what): \(traffic.datagrams) datagrams, \(traffic.rumors) rumors;",
            "mean plain \(Double(traffic.plainBytes) / datagrams), sealed \(Double(traffic.sealedBytes) / datagrams),",
            "model \(Double(traffic.modelBytes) / datagrams);",
            "share of the model \(Double(traffic.plainBytes) / Double(traffic.modelBytes));",
            "longest sealed \(traffic.longest), longest model \(traffic.longestModel);",
            "bytes/member/s \(Double(traffic.sealedBytes) / 50 / Double(seconds))")
    }
}
