import Consensus
import Coordinator

/// What makes ways worse without closing them: ranges are of milliseconds.
struct Disturbances {
    /// How much longer messages take on links; they still come in order.
    var links: [Direction: ClosedRange<Int>] = [:]
    /// How much longer datagrams take.
    var datagrams: [Direction: ClosedRange<Int>] = [:]
    /// The same for all ways: so different that they come in any order.
    var disorder: ClosedRange<Int>?
    /// Nodes that nobody connects to, and that nobody lets in: their certificates have expired.
    var refused: Set<Int> = []

    func lateness(ofDatagramOn way: Direction, _ random: inout SplitMix64) -> Duration {
        [datagrams[way], disorder].compactMap(\.self).reduce(.zero) {
            $0 + .milliseconds(Int.random(in: $1, using: &random))
        }
    }
}

extension SimulatedNetwork {
    /// Whether a connection between them comes about.
    func connects(_ one: SimulatedNode, _ other: SimulatedNode) -> Bool {
        let refused = disturbances.refused
        return reaches(one, other) && !refused.contains(one.number) && !refused.contains(other.number)
    }

    /// How much longer than usual a message takes on the way.
    func lateness(on way: Direction) -> Duration { disturbances.links[way].map(cluster.draw) ?? .zero }
}

extension SimulatedCluster {
    /// What two nodes send each other takes longer, datagrams too.
    package func delay(_ one: SimulatedNode, _ other: SimulatedNode, by milliseconds: ClosedRange<Int>) {
        let way = Direction(from: one.number, to: other.number)
        for way in [way, way.reversed] {
            network.disturbances.links[way] = milliseconds
            network.disturbances.datagrams[way] = milliseconds
        }
        onEvent("\(one.identity.name) and \(other.identity.name) hear each other \(milliseconds) ms late")
    }

    /// The link from one to the other stalls again and again: all on it comes, in order, and late. Datagrams pass it by.
    package func stall(_ one: SimulatedNode, _ other: SimulatedNode, by milliseconds: ClosedRange<Int>) {
        network.disturbances.links[Direction(from: one.number, to: other.number)] = milliseconds
        onEvent("what \(one.identity.name) sends \(other.identity.name) on its link is \(milliseconds) ms late")
    }

    /// Datagrams come in any order, many of them twice.
    package func disorderDatagrams(within milliseconds: ClosedRange<Int>, duplicateOneIn times: Int) {
        network.disturbances.disorder = milliseconds
        network.duplicateOneIn = times
        onEvent("datagrams take \(milliseconds) ms more, one in \(times) comes twice")
    }

    /// Nothing is late any more, or out of order.
    package func straighten() {
        network.disturbances.links = [:]
        network.disturbances.datagrams = [:]
        network.disturbances.disorder = nil
        network.duplicateOneIn = SimulatedNetwork.usualDuplicates
    }

    /// Nobody connects to the node, and nobody lets it in; the links that it has end. Datagrams pass: their keys are the
    /// cluster's, not the node's.
    package func refuseLinks(of node: SimulatedNode) {
        guard network.disturbances.refused.insert(node.number).inserted else { return }
        onEvent("nobody lets \(node.identity.name) in")
        for link in network.links.values.sorted(by: { $0.direction.sortKey < $1.direction.sortKey })
        where link.direction.from == node.number || link.direction.to == node.number {
            guard link.state == .up || link.state == .stalled else { continue }
            network.lose(link, noticedAfter: draw(1...50))
        }
    }

    /// Its certificate is a good one again.
    package func admitLinks(of node: SimulatedNode) {
        network.disturbances.refused.remove(node.number)
        onEvent("\(node.identity.name) is let in again")
    }
}
