import Checks
import Consensus
import HashRing

extension Coordinator {
    /// SIGTERM. First leadership goes to others while everything is still served, so that nobody waits for an election;
    /// then what is new is refused, and what is under way is answered.
    mutating func drain() {
        guard !node.isDraining, node.handoverDeadline == nil else { return }
        node.handoverDeadline = node.now.monotonic + Limits.handoverPatience
        // Said first: whoever takes over must not hand leadership back to where the ring would have it.
        node.leaveGossip()
        handOver()
    }

    mutating func handOver() {
        guard let deadline = node.handoverDeadline, !node.isDraining else { return }
        let waits = node.handLeadershipOver()
        guard waits, node.now.monotonic < deadline else { return close() }
        node.timers.add(.handover, due: node.now.monotonic + Limits.handoverStep)
    }

    private mutating func close() {
        node.isDraining = true
        for home in node.shards { node.sendSettlements(of: home) }
        if node.requests.isEmpty { node.effects.append(.drained) }
        for conversation in node.requests.all { node.events.append((conversation, .due)) }
    }
}
