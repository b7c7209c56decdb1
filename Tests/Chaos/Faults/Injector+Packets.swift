import ChaosChecker
import Foundation
import PacketFaults
import SeededRandom

extension Injector {
    /// What one node and the others send each other comes late, in part, or out of order.
    func disturb(
        _ step: Schedule.Step, _ victim: String, _ running: [String], _ random: inout SplitMix64,
        _ tell: (String) -> Void
    ) async throws -> String {
        guard let fates = means.fates else { return "" }
        let nodes = await cluster.nodes
        let pairs = running.filter { $0 != victim }.flatMap { [(victim, $0), ($0, victim)] }
        let numbers = pairs.compactMap { pair in
            nodes[pair.0].flatMap { sender in nodes[pair.1].map { (sender.number, $0.number) } }
        }
        var conduct = Conduct()
        let words: String
        switch step.kind {
        case .delay:
            let least = random.seconds(Limits.packetDelay)
            conduct.delay = least...(2 * least)
            words = "take \(Int(1000 * least)) to \(Int(2000 * least)) ms"
        case .loss:
            conduct.loss = Int.random(in: Limits.packetLoss, using: &random)
            words = "are lost, \(conduct.loss) of 100"
        default:
            conduct.reordered = Int.random(in: Limits.packetsReordered, using: &random)
            words = "are overtaken by others, \(conduct.reordered) of 100"
        }
        tell("packets between \(victim) and all others \(words), for \(tenths(step.seconds)) s")
        fates.behave(conduct, seed: random.next())
        try await cluster.network.during(
            numbers, begin: { network, pair throws(ChaosError) in try await network.divert(from: pair.0, to: pair.1) },
            end: { network, pair throws(ChaosError) in try await network.straighten(from: pair.0, to: pair.1) }
        ) { try await Task.sleep(for: .seconds(step.seconds)) }
        return "\(fates.carried) packets; " + (await back(running))
    }

    /// A machine that hangs again and again for a moment.
    func stutter(_ name: String, _ seconds: Double, _ random: inout SplitMix64) async throws -> String {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            await cluster.pause(name)
            try await Task.sleep(for: .seconds(random.seconds(Limits.pulse)))
            await cluster.resume(name)
            try await Task.sleep(for: .seconds(random.seconds(Limits.pulse)))
        }
        return await back([name])
    }
}
