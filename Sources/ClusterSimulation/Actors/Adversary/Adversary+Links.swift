extension Adversary {
    func partition(_ nodes: [SimulatedNode], in cluster: SimulatedCluster) {
        guard nodes.count > 1 else { return }
        let side = Array(nodes.prefix(Int.random(in: 1..<nodes.count, using: &cluster.random)))
        let isOneWay = cluster.random.oneIn(3)
        if cluster.random.oneIn(3) {
            cluster.cut(nodes[0], nodes[1], oneWay: isOneWay)
        } else {
            cluster.partition(side, oneWay: isOneWay)
        }
        cluster.after(cluster.draw(cluster.random.oneIn(3) ? 4_000...15_000 : 100...3_000)) {
            cluster.mendCuts()
        }
    }

    /// Between one node and all others everything takes longer: from next door to the other side of the world.
    func delay(_ node: SimulatedNode, _ others: ArraySlice<SimulatedNode>, in cluster: SimulatedCluster) {
        let least = Int.random(in: 5...150, using: &cluster.random)
        for other in others { cluster.delay(node, other, by: least...2 * least) }
        cluster.after(cluster.draw(500...8_000)) { cluster.straighten() }
    }

    /// What one sends the other is late by seconds, on its link.
    func stall(_ one: SimulatedNode, _ other: SimulatedNode, in cluster: SimulatedCluster) {
        cluster.stall(one, other, by: 300...Int.random(in: 1_000...4_000, using: &cluster.random))
        if cluster.random.oneIn(2) { cluster.stall(other, one, by: 300...2_000) }
        cluster.after(cluster.draw(500...8_000)) { cluster.straighten() }
    }

    /// Until the node's certificate is renewed.
    func refuse(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        cluster.refuseLinks(of: node)
        cluster.after(cluster.draw(cluster.random.oneIn(3) ? 4_000...15_000 : 100...3_000)) {
            cluster.admitLinks(of: node)
        }
    }

    func loseDatagrams(in cluster: SimulatedCluster) {
        cluster.loseDatagrams(oneIn: Int.random(in: 1...5, using: &cluster.random))
        cluster.after(cluster.draw(500...8_000)) { cluster.loseDatagrams(oneIn: 0) }
    }

    func disorder(in cluster: SimulatedCluster) {
        cluster.disorderDatagrams(
            within: 0...Int.random(in: 100...3_000, using: &cluster.random),
            duplicateOneIn: Int.random(in: 1...4, using: &cluster.random))
        cluster.after(cluster.draw(500...8_000)) { cluster.straighten() }
    }
}
