import Coordinator

/// Whatever can go wrong with nodes and networks, at random.
package final class Adversary: SimulatedActor {
    /// What it does, each kind as often as its weight says, and how often it does anything.
    package struct Habits: Sendable {
        /// Milliseconds between two misfortunes.
        package var pause = 300...4_000
        package var crash = 0
        package var crashOfMajority = 0
        package var crashOfAll = 0
        package var standstill = 0
        package var partition = 0
        package var slowDisk = 0
        package var clockJump = 0
        package var datagramLoss = 0

        package init() {}

        fileprivate var weights: [(misfortune: Misfortune, weight: Int)] {
            [
                (.crash, crash), (.crashOfMajority, crashOfMajority), (.crashOfAll, crashOfAll),
                (.standstill, standstill), (.partition, partition), (.slowDisk, slowDisk), (.clockJump, clockJump),
                (.datagramLoss, datagramLoss),
            ]
        }
    }

    fileprivate enum Misfortune {
        case crash, crashOfMajority, crashOfAll, standstill, partition, slowDisk, clockJump, datagramLoss
    }

    private let habits: Habits
    /// Does nothing any more; see ``heal(_:)``.
    package var isResting = false

    package init(_ habits: Habits) { self.habits = habits }

    package func act(as number: Int, in cluster: SimulatedCluster) throws {
        defer { cluster.wake(number, after: cluster.draw(habits.pause)) }
        let total = habits.weights.reduce(0) { $0 + $1.weight }
        guard !isResting, total > 0 else { return }
        var draw = Int.random(in: 0..<total, using: &cluster.random)
        for (misfortune, weight) in habits.weights {
            if draw < weight { return strike(misfortune, in: cluster) }
            draw -= weight
        }
    }

    package func answered(
        _ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {}

    package func lost(_ id: RequestID, as number: Int, in cluster: SimulatedCluster) {}

    private func strike(_ misfortune: Misfortune, in cluster: SimulatedCluster) {
        let nodes = cluster.endpoints.shuffled(using: &cluster.random)
        switch misfortune {
        case .crash: crash(nodes.prefix(1), in: cluster)
        case .crashOfMajority: crash(nodes.prefix(nodes.count / 2 + 1), in: cluster)
        case .crashOfAll: crash(nodes[...], in: cluster)
        case .standstill: if let node = nodes.first { pause(node, in: cluster) }
        case .partition: partition(nodes, in: cluster)
        case .slowDisk: if let node = nodes.first { slowDown(node, in: cluster) }
        case .clockJump: if let node = nodes.first { jump(node, in: cluster) }
        case .datagramLoss:
            cluster.loseDatagrams(oneIn: Int.random(in: 1...5, using: &cluster.random))
            cluster.after(cluster.draw(500...8_000)) { cluster.loseDatagrams(oneIn: 0) }
        }
    }

    /// Each starts again after a while of its own.
    private func crash(_ nodes: ArraySlice<SimulatedNode>, in cluster: SimulatedCluster) {
        let losingPower = cluster.random.oneIn(3)
        for node in nodes where node.isRunning {
            node.crash(losingPower: losingPower)
            cluster.after(cluster.draw(cluster.random.oneIn(4) ? 2_000...12_000 : 100...1_500)) {
                if !node.isRetired, !node.isAway { try node.boot() }
            }
        }
    }

    private func pause(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        node.pause()
        cluster.after(cluster.draw(cluster.random.oneIn(3) ? 2_000...10_000 : 50...1_500)) { try node.resume() }
    }

    private func partition(_ nodes: [SimulatedNode], in cluster: SimulatedCluster) {
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

    private func slowDown(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        node.slowness = Int.random(in: 5...100, using: &cluster.random)
        cluster.after(cluster.draw(500...8_000)) { node.slowness = 1 }
    }

    /// One clock at a time: of two that are wrong in different ways nobody could tell the median.
    private func jump(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        guard cluster.nodes.allSatisfy({ $0 === node || $0.isClockTrusted }) else { return }
        let magnitude = [300, 2_000, 20_000, 3_600_000].randomElement(using: &cluster.random) ?? 0
        node.setWallClock(ahead: Int64(Int.random(in: -magnitude...magnitude, using: &cluster.random)))
        node.setDrift(millionths: Int64(Int.random(in: -300...300, using: &cluster.random)))
        cluster.after(cluster.draw(500...10_000)) { node.mendClock() }
    }

    /// Everything runs again, hears each other and knows the time.
    package func heal(_ cluster: SimulatedCluster) throws {
        isResting = true
        cluster.mendCuts()
        cluster.loseDatagrams(oneIn: 0)
        for node in cluster.endpoints where !node.isAway {
            node.slowness = 1
            node.mendClock()
            try node.resume()
            try node.boot()
        }
    }
}
