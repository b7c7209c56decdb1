import Coordinator
import HashRing

extension SimulatedNode {
    func carryOut(_ effects: [Effect]) {
        for effect in effects {
            cluster.onEffect(effect, self)
            carryOut(effect)
        }
        startWrite()
    }

    private func carryOut(_ effect: Effect) {
        switch effect {
        case .persist(let ticket, let write): process?.writes.append(.write(ticket, write))
        case .compact(let group, let index, let configuration):
            process?.writes.append(.compact(group, through: index, configuration))
        case .apply(let shard, let entries): give(.apply(entries), to: shard)
        case .query(let id, let shard, let query): give(.query(id, query), to: shard)
        case .openShard(let shard, let generation): give(.open(generation: generation), to: shard)
        case .dropShard(let shard): give(.drop, to: shard)
        case .takeSnapshot(let transfer, let shard): give(.takeSnapshot(transfer), to: shard)
        case .sendSnapshot(let transfer, let target, let header): send(transfer, to: target, header)
        case .dropSnapshot(let transfer): process?.snapshots[transfer] = nil
        case .discardReceived(let path): process?.received[path] = nil
        case .reply(let id, let answer): cluster.replied(id, answer)
        case .silent(let peer): cluster.gaveUp(peer, self)
        case .redirect(let id, let target): cluster.redirected(id, to: target)
        case .send(let peer, let messages): cluster.network.send(messages, from: self, to: peer)
        case .datagram(let datagram, let address): cluster.network.send(datagram, from: self, to: address)
        case .peers(let peers): cluster.network.keepLinks(of: self, to: peers)
        case .registryChanged(let registry): process?.registry = registry
        case .alarm(let alarm): note(alarm)
        case .drained: process?.isDrained = true
        case .settingsChanged, .handedOver: break
        }
    }

    private func note(_ alarm: Alarm) {
        alarms.append(alarm)
        guard case .forgotten(let group, _) = alarm else { return }
        disk.unreadable = "node.db"
        cluster.onEvent("\(identity.name) lacks what it has confirmed of \(group), and ends")
        cluster.after(.zero) { [unowned self] in crash() }
    }

    private func send(_ transfer: TransferID, to target: NodeID, _ header: SnapshotHeader) {
        guard let contents = process?.snapshots[transfer] else {
            return report("snapshot \(transfer.rawValue) is to be sent, and was not taken")
        }
        cluster.network.send(contents, as: transfer, header, from: self, to: target)
    }
}
