import Coordinator

extension Adversary {
    /// All volunteers do the same bad thing for a while.
    func mislead(in cluster: SimulatedCluster) {
        guard hall.misconduct == nil else { return }
        let misconduct = Misconduct.allCases.randomElement(using: &cluster.random)
        hall.misconduct = misconduct
        cluster.onEvent("volunteers: \(misconduct.map { "\($0)" } ?? "-")")
        // Whoever is late needs the time for leases to expire.
        cluster.after(cluster.draw(misconduct == .late ? 8_000...12_000 : 2_000...8_000)) { [hall] in
            hall.misconduct = nil
        }
    }

    /// One client asks one node as fast as it can.
    func flood(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        hall.flooded = node
        cluster.onEvent("\(node.identity.name) is flooded")
        cluster.after(cluster.draw(500...3_000)) { [hall] in hall.flooded = nil }
    }
}
