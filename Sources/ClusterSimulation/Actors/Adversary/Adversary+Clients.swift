import Coordinator

extension Adversary {
    /// All volunteers do the same bad thing for a while.
    func mislead(in cluster: SimulatedCluster) {
        guard hall.misconduct == nil else { return }
        // Each kind has its turn before one comes again.
        if misconducts.isEmpty { misconducts = Misconduct.allCases.shuffled(using: &cluster.random) }
        let misconduct = misconducts.popLast()
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
