/// Processes and clocks.
extension Adversary {
    /// Each starts again after a while of its own.
    func crash(_ nodes: ArraySlice<SimulatedNode>, in cluster: SimulatedCluster) {
        let losingPower = cluster.random.oneIn(3)
        for node in nodes where node.isRunning {
            node.crash(losingPower: losingPower)
            cluster.after(cluster.draw(cluster.random.oneIn(4) ? 2_000...12_000 : 100...1_500)) {
                if !node.isRetired, !node.isAway { try node.boot() }
            }
        }
    }

    func pause(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        node.pause()
        cluster.after(cluster.draw(cluster.random.oneIn(3) ? 2_000...10_000 : 50...1_500)) { try node.resume() }
    }

    /// Stands still and goes on, again and again.
    func stutter(_ node: SimulatedNode, until end: Duration, in cluster: SimulatedCluster) {
        guard cluster.time < end, !isResting else { return }
        node.pause()
        cluster.after(cluster.draw(20...300)) { [unowned self, unowned cluster] in
            try node.resume()
            cluster.after(cluster.draw(20...300)) { [unowned self, unowned cluster] in
                stutter(node, until: end, in: cluster)
            }
        }
    }

    func jump(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        guard isOnlyWrongClock(node, in: cluster) else { return }
        let magnitude = [300, 2_000, 20_000, 3_600_000].randomElement(using: &cluster.random) ?? 0
        node.setWallClock(ahead: Int64(Int.random(in: -magnitude...magnitude, using: &cluster.random)))
        node.setDrift(millionths: Int64(Int.random(in: -300...300, using: &cluster.random)))
        cluster.after(cluster.draw(500...10_000)) { node.mendClock() }
    }

    /// It gains or loses up to 0.4 s a second.
    func drift(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        guard isOnlyWrongClock(node, in: cluster) else { return }
        node.setDrift(millionths: Int64(Int.random(in: -400_000...400_000, using: &cluster.random)))
        cluster.after(cluster.draw(1_000...10_000)) { node.mendClock() }
    }

    /// One clock at a time: of two that are wrong in different ways nobody could tell the median.
    private func isOnlyWrongClock(_ node: SimulatedNode, in cluster: SimulatedCluster) -> Bool {
        cluster.nodes.allSatisfy { $0 === node || $0.isClockTrusted }
    }
}
