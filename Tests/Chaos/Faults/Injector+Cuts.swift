import ChaosChecker
import Foundation
import SeededRandom

extension Injector {
    /// Whom the cut keeps from hearing whom, as pairs of sender and receiver.
    func cuts(_ kind: FaultKind, _ victim: String, _ running: [String], _ random: inout SplitMix64) -> [(
        String, String
    )] {
        let others = running.filter { $0 != victim }
        guard let other = others.randomElement(using: &random) else { return [] }
        return switch kind {
        case .cutOneWay: [(victim, other)]
        case .cutTwoWays: [(victim, other), (other, victim)]
        default: others.flatMap { [(victim, $0), ($0, victim)] }
        }
    }

    /// Cuts them for so long.
    ///
    /// - Returns: from when until when all of it was cut, in seconds since 1970.
    func cut(_ pairs: [(String, String)], _ seconds: Double) async throws -> (from: Double, to: Double) {
        let nodes = await cluster.nodes
        let numbers = pairs.compactMap { pair in
            nodes[pair.0].flatMap { sender in nodes[pair.1].map { (sender.number, $0.number) } }
        }
        return try await cluster.network.during(
            numbers, begin: { network, pair throws(ChaosError) in try await network.cut(from: pair.0, to: pair.1) },
            end: { network, pair throws(ChaosError) in try await network.mend(from: pair.0, to: pair.1) }
        ) {
            let from = Date().timeIntervalSince1970
            try await Task.sleep(for: .seconds(seconds))
            return (from, Date().timeIntervalSince1970)
        }
    }
}
