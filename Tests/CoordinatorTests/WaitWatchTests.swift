import Checks
import ClusterSimulation
import Coordinator
import HashRing
import Testing

@Suite("Tasks that wait too long")
struct WaitWatchTests {
    private func alarms(waitingSeconds: Int) throws -> [Alarm] {
        let test = try TestNode()
        let marked = test.node.now.wall.adding(seconds: -waitingSeconds)
        test.script.onQuery = { query, shard in
            guard case .counts = query, shard == test.shards[2] else { return nil }
            var counts = ShardCounts()
            counts.pending = 1
            counts.oldestWaiting = marked
            return .counts(counts)
        }
        try test.node.run(for: .seconds(70))
        #expect(test.script.exchange.isEmpty, "nothing is written for it")
        return test.node.alarms
    }

    @Test("a task that waited longer than its service promises raises the alarm")
    func N8_waitExceeded() throws {
        let raised = try alarms(waitingSeconds: 86_400)
        guard case .waitExceeded(.dmcheck, _) = raised.first else {
            Issue.record("\(raised)")
            return
        }
    }

    @Test("one that has not, raises none")
    func N8_withinTheWait() throws {
        #expect(try alarms(waitingSeconds: 80_000) == [])
    }
}
