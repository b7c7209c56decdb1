import Checks
import Consensus
import HashRing

extension NodeState {
    // MARK: Sending

    /// A follower lacks what was compacted here.
    mutating func wantSnapshot(_ request: SnapshotRequest, at position: Int) {
        guard let node = registry.node(of: request.to, in: groups[position].key), peers.isConnected(node) else {
            return snapshotEnded(to: request.to, through: nil, at: position)
        }
        if case .registry = groups[position].key {
            sendRegistry(to: request.to, at: node)
        } else {
            snapshots.add(position: position, replica: request.to, node: node)
            beginSnapshot()
        }
    }

    /// The registry is small: it travels with the message.
    private mutating func sendRegistry(to replica: ReplicaID, at node: NodeID) {
        guard let raft = groups[0].raft, let snapshot = raft.snapshot(at: raft.status.applied),
            let image = try? replicated.image()
        else { return snapshotEnded(to: replica, through: nil, at: 0) }
        post(.registrySnapshot(raft.snapshotMessage(snapshot, to: replica), image: image), to: node)
        snapshotEnded(to: replica, through: snapshot.mark.index, at: 0)
    }

    private mutating func beginSnapshot() {
        while let transfer = snapshots.begin() {
            guard groups[transfer.position].leads, peers.isConnected(transfer.node),
                case .shard(let shard) = groups[transfer.position].key
            else {
                _ = snapshots.finish(transfer.id)
                snapshotEnded(to: transfer.replica, through: nil, at: transfer.position)
                continue
            }
            effects.append(.takeSnapshot(transfer.id, shard))
        }
    }

    /// The file is there: with what consensus has to say about it, it may leave.
    mutating func tookSnapshot(_ id: TransferID, index: LogIndex?) {
        guard let transfer = snapshots.current, transfer.id == id else { return }
        guard let index, let raft = groups[transfer.position].raft, raft.isLeader,
            let snapshot = raft.snapshot(at: index), case .shard(let shard) = groups[transfer.position].key
        else {
            effects.append(.dropSnapshot(id))
            _ = snapshots.finish(id)
            snapshotEnded(to: transfer.replica, through: nil, at: transfer.position)
            return beginSnapshot()
        }
        snapshots.noteTaken(index)
        let header = SnapshotHeader(shard: shard, message: raft.snapshotMessage(snapshot, to: transfer.replica))
        effects.append(.sendSnapshot(id, to: transfer.node, header))
    }

    mutating func sentSnapshot(_ id: TransferID, isReceived: Bool) {
        guard let transfer = snapshots.finish(id) else { return }
        snapshotEnded(to: transfer.replica, through: isReceived ? transfer.index : nil, at: transfer.position)
        beginSnapshot()
    }

    mutating func abandonSnapshots(to node: NodeID) {
        for transfer in snapshots.removeWaiting(for: node) {
            snapshotEnded(to: transfer.replica, through: nil, at: transfer.position)
        }
    }

    private mutating func snapshotEnded(to replica: ReplicaID, through index: LogIndex?, at position: Int) {
        groups[position].raft?.snapshotSent(to: replica, through: index, now: now.monotonic)
        touch(position)
    }

    // MARK: Receiving

    /// A shard's file has come. Consensus decides whether it is wanted; then the disk takes it in one step.
    mutating func receivedSnapshot(_ header: SnapshotHeader, at path: String, from node: NodeID) {
        guard let position = position(of: header.shard), let raft = groups[position].raft,
            raft.id == header.message.to, groups[position].installing == nil
        else { return effects.append(.discardReceived(path: path)) }
        received = ReceivedFile(position: position, path: path)
        groups[position].raft?.receive(header.message, now: now.monotonic)
        touch(position)
        carryReady(of: position)
        if received != nil {
            received = nil
            effects.append(.discardReceived(path: path))
        }
    }

    mutating func receiveRegistry(_ message: Consensus.Message, image: [UInt8]) {
        guard let raft = groups[0].raft, raft.id == message.to, groups[0].installing == nil,
            let registry = try? Registry(image: image)
        else { return }
        receivedRegistry = registry
        groups[0].raft?.receive(message, now: now.monotonic)
        touch(0)
        carryReady(of: 0)
        receivedRegistry = nil
    }

    /// Consensus takes a snapshot: the log goes, and the state comes from the file or the image that arrived with it.
    mutating func install(_ snapshot: Snapshot, _ id: PersistID, into write: inout GroupWrite, at position: Int) {
        // What the snapshot holds is not seen applied here.
        loseAwaited(at: position)
        var installation = GroupWrite.Installation(snapshot: snapshot, generation: 0, path: nil)
        if position == 0 {
            guard let registry = receivedRegistry, let bytes = try? registry.image() else {
                preconditionFailure("a snapshot of the registry comes with its image")
            }
            write.registry = RegistryImage(applied: snapshot.mark.index, bytes: bytes)
        } else {
            guard let file = received, file.position == position else {
                preconditionFailure("a snapshot of a shard comes with its file")
            }
            received = nil
            groups[position].generation += 1
            installation.generation = groups[position].generation
            installation.path = file.path
        }
        write.install = installation
        groups[position].installing = HostedGroup.Installing(
            persist: id, generation: installation.generation, image: receivedRegistry, through: snapshot.mark.index)
        groups[position].handedOut = snapshot.mark.index
    }

    /// The snapshot is on disk.
    mutating func finishInstallation(at position: Int, through id: PersistID) {
        guard let installing = groups[position].installing, installing.persist <= id else { return }
        groups[position].installing = nil
        switch groups[position].key {
        case .registry:
            guard let image = installing.image else { return }
            replicated = image
            registryImage = installing.through
            adoptReplicated()
        case .shard(let shard): open(shard, generation: installing.generation, at: position)
        }
    }

    /// The shard's file is open: empty, or what was installed.
    mutating func opened(_ shard: ShardID, _ summary: ShardSummary) {
        guard let position = position(of: shard) else { return }
        groups[position].opening -= 1
        guard groups[position].opening == 0, groups[position].raft != nil else { return }
        summaries[shard.index] = summary
        groups[position].raft?.applied(through: LogIndex(summary.applied), now: now.monotonic)
        touch(position)
    }
}

/// A file that came with a snapshot, while consensus decides.
struct ReceivedFile: Sendable {
    let position: Int
    let path: String
}
