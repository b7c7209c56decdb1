import Coordinator

/// What hits the node on which most depends.
extension Adversary {
    /// Does something to the node that leads most groups. Of several that lead as many, to the first.
    func strikeLeader(of nodes: [SimulatedNode], in cluster: SimulatedCluster, _ blow: (SimulatedNode) -> Void) {
        // Whoever stands still takes itself for a leader long after the others have another one.
        let awake = nodes.filter { $0.isRunning && !$0.isPaused }
        guard let most = awake.map(\.leaderships).max(), most > 0,
            let leader = awake.first(where: { $0.leaderships == most })
        else { return }
        cluster.tally.leadersStruck += 1
        cluster.onEvent("\(leader.identity.name) leads most: \(most) groups")
        blow(leader)
    }

    /// Nobody hears it, and it hears nobody or all of them: long enough for another to lead what it led, or not quite.
    func isolate(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        cluster.partition([node], oneWay: cluster.random.oneIn(3))
        cluster.after(cluster.draw(cluster.random.oneIn(3) ? 4_000...15_000 : 500...3_000)) { cluster.mendCuts() }
    }
}
