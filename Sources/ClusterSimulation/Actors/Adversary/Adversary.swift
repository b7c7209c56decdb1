import Coordinator

/// Whatever can go wrong with nodes, networks and volunteers, at random.
package final class Adversary: SimulatedActor {
    private let habits: Habits
    /// Where volunteers are told what to do.
    let hall: Hall
    /// Who replaces nodes whose files are damaged.
    let nodeOperator: NodeOperator
    /// What volunteers have not done yet.
    var misconducts: [Misconduct] = []
    /// Does nothing any more; see ``heal(_:)``.
    package var isResting = false

    init(_ habits: Habits, hall: Hall, nodeOperator: NodeOperator) {
        self.habits = habits
        self.hall = hall
        self.nodeOperator = nodeOperator
    }

    package func act(as number: Int, in cluster: SimulatedCluster) throws {
        defer { cluster.wake(number, after: cluster.draw(habits.pause)) }
        let total = habits.weights.reduce(0) { $0 + $1.weight }
        guard !isResting, total > 0 else { return }
        var draw = Int.random(in: 0..<total, using: &cluster.random)
        for (misfortune, weight) in habits.weights {
            if draw < weight { return try strike(misfortune, in: cluster) }
            draw -= weight
        }
    }

    package func answered(
        _ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {}

    package func lost(_ id: RequestID, as number: Int, in cluster: SimulatedCluster) {}

    private func strike(_ misfortune: Misfortune, in cluster: SimulatedCluster) throws {
        let nodes = cluster.endpoints.shuffled(using: &cluster.random)
        guard let node = nodes.first else { return }
        switch misfortune {
        case .crash: crash(nodes.prefix(1), in: cluster)
        case .crashOfMajority: crash(nodes.prefix(nodes.count / 2 + 1), in: cluster)
        case .crashOfAll: crash(nodes[...], in: cluster)
        case .standstill: pause(node, in: cluster)
        case .stutter: stutter(node, until: cluster.time + cluster.draw(500...8_000), in: cluster)
        case .partition: partition(nodes, in: cluster)
        case .delay: delay(node, nodes.dropFirst(), in: cluster)
        case .stall: if nodes.count > 1 { stall(nodes[0], nodes[1], in: cluster) }
        case .refusal: refuse(node, in: cluster)
        case .datagramLoss: loseDatagrams(in: cluster)
        case .datagramDisorder: disorder(in: cluster)
        case .slowDisk: slowDown(node, in: cluster)
        case .fullDisk: fail(node, .full, in: cluster)
        case .writeError: fail(node, .failing, in: cluster)
        case .damage: try damage(node, in: cluster)
        case .clockJump: jump(node, in: cluster)
        case .clockDrift: drift(node, in: cluster)
        case .misconduct: mislead(in: cluster)
        case .flood: flood(node, in: cluster)
        case .crashOfLeader: strikeLeader(of: nodes, in: cluster) { crash([$0], in: cluster) }
        case .standstillOfLeader: strikeLeader(of: nodes, in: cluster) { pause($0, in: cluster) }
        case .isolationOfLeader: strikeLeader(of: nodes, in: cluster) { isolate($0, in: cluster) }
        }
    }

    /// Everything runs again, hears each other and knows the time, and everybody behaves.
    package func heal(_ cluster: SimulatedCluster) throws {
        isResting = true
        hall.misconduct = nil
        hall.flooded = nil
        cluster.mendCuts()
        cluster.straighten()
        cluster.loseDatagrams(oneIn: 0)
        for node in cluster.endpoints where !node.isAway {
            cluster.admitLinks(of: node)
            node.slowness = 1
            node.trouble = nil
            node.mendClock()
            try node.resume()
            try node.boot()
        }
    }
}
