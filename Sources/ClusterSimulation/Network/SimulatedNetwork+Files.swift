import Coordinator
import HashRing

extension SimulatedNetwork {
    /// A snapshot on its way over a connection of its own. It takes its time, and arrives whole or not at all.
    func send(
        _ contents: [UInt8], as transfer: TransferID, _ header: SnapshotHeader, from node: SimulatedNode,
        to peer: NodeID
    ) {
        guard let target = cluster.node(peer), let boot = target.process?.boot, connects(node, target) else {
            return node.plan(after: cluster.draw(cluster.pace.dialing)) { $0.feed([.snapshotSent(transfer, false)]) }
        }
        cluster.tally.transfers += 1
        node.plan(after: cluster.draw(cluster.pace.transfer)) { [unowned self] node in
            guard reaches(node, target), target.process?.boot == boot, target.trouble == nil,
                !cluster.random.oneIn(12)
            else {
                return node.feed([.snapshotSent(transfer, false)])
            }
            let path = nextPath()
            target.process?.received[path] = contents
            target.feed([.snapshotReceived(from: node.identity.node, header, path: path)])
            // The target's word that it has arrived may get lost.
            let isHeard = !cluster.random.oneIn(20)
            node.plan(after: cluster.draw(cluster.pace.message)) { $0.feed([.snapshotSent(transfer, isHeard)]) }
        }
    }
}
