import Coordinator

extension Adversary {
    func slowDown(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        node.slowness = Int.random(in: 5...100, using: &cluster.random)
        cluster.after(cluster.draw(500...8_000)) { node.slowness = 1 }
    }

    /// The disk cannot be written for a while. The node ends with its first write, and is started again and again.
    func fail(_ node: SimulatedNode, _ trouble: DiskTrouble, in cluster: SimulatedCluster) {
        guard node.trouble == nil, !node.isAway else { return }
        node.trouble = trouble
        cluster.onEvent("the disk of \(node.identity.name) is \(trouble)")
        keepStarting(node, in: cluster)
        cluster.after(cluster.draw(500...10_000)) { node.trouble = nil }
    }

    /// Until the first start after the disk was mended.
    private func keepStarting(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        cluster.after(cluster.draw(200...2_000)) { [unowned self, unowned cluster] in
            guard !node.isRetired, !node.isAway else { return }
            let isMended = node.trouble == nil
            try node.boot()
            if !isMended { keepStarting(node, in: cluster) }
        }
    }

    /// The node ends, its files are damaged, and it starts again, or says that it cannot. Only while nothing else takes a
    /// replica from the cluster: what is on one disk may be lost, and no more than that (I2).
    func damage(_ node: SimulatedNode, in cluster: SimulatedCluster) throws {
        let mayBeLost =
            nodeOperator.isIdle && cluster.endpoints.count > 2
            && cluster.endpoints.allSatisfy { !$0.isDamaged && !$0.isAway }
        guard mayBeLost, node.isRunning, let damage = Damage.allCases.randomElement(using: &cluster.random) else {
            return
        }
        node.crash(losingPower: cluster.random.oneIn(2))
        try node.damage(damage)
        cluster.after(cluster.draw(100...1_500)) { if !node.isRetired { try node.boot() } }
    }
}
