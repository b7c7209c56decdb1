extension RaftGroup {
    /// A follower lacks what was compacted. If it is alive, the caller is asked for a snapshot; appends wait meanwhile.
    mutating func requestSnapshot(for position: Int) {
        guard leader.progress[position].hasAnswered else {
            // A probe that it will reject, or never answer.
            leader.progress[position].pace = .probe(isWaiting: true)
            return
        }
        let atLeast = log.base.index
        leader.progress[position].pace = .snapshot(atLeast: atLeast)
        snapshotRequests.append(SnapshotRequest(to: leader.progress[position].id, atLeast: atLeast))
    }

    /// Reports how the sending of a snapshot ended that ``Ready/snapshots`` asked for: `through` is what the snapshot
    /// contained, or `nil` if it failed, in which case it is asked for again when the follower is next heard.
    public mutating func snapshotSent(to follower: ReplicaID, through index: LogIndex?, now: Duration) {
        clock = max(clock, now)
        guard isLeader, let position = leader.position(of: follower),
            case .snapshot = leader.progress[position].pace
        else { return }
        if let index, index <= log.last {
            leader.progress[position].probe(from: max(index, log.base.index).next)
        } else {
            leader.progress[position].probe(from: leader.progress[position].match.next)
        }
        leader.progress[position].pace = .probe(isWaiting: true)
    }

    /// The message that tells `follower` to install `snapshot`, which it has received completely. The sender's own
    /// side makes it, and it travels behind the snapshot's last byte.
    public func snapshotMessage(_ snapshot: Snapshot, to follower: ReplicaID) -> Message {
        Message(from: id, to: follower, term: term, body: .snapshot(snapshot))
    }

    /// What a snapshot of the state machine as of `index` has to carry; `nil` if this replica has not applied exactly
    /// that much.
    public func snapshot(at index: LogIndex) -> Snapshot? {
        guard index == applied, let term = log.term(at: index) else { return nil }
        return Snapshot(mark: LogMark(index: index, term: term), configuration: configuration)
    }

    /// Replaces log and state by a snapshot that is further. A snapshot is committed state, so the term of whoever
    /// sent it does not matter (Raft, section 7).
    mutating func install(_ snapshot: Snapshot, from sender: ReplicaID, now: Duration) {
        let isNewer = snapshot.mark.index > commit || mutations.contains(.installOldSnapshot)
        guard isNewer, snapshot.configuration.contains(id) else {
            send(.appendAccepted(through: commit), to: sender, after: .everything)
            return
        }
        if log.contains(snapshot.mark), !mutations.contains(.installOldSnapshot) {
            // All of it is in the log: only the news that it is committed is new.
            learnCommit(snapshot.mark.index)
            send(.appendAccepted(through: snapshot.mark.index), to: sender, after: .everything)
            return
        }
        guard invariant(!isLeader, "Leader Completeness: a leader has every committed entry") else { return }
        becomeFollower(term: term, leader: leaderID, now: now)
        log.reset(to: snapshot.mark)
        durability.truncated(from: .zero)
        unappliedConfigurations.removeAll()
        commit = snapshot.mark.index
        handedOut = snapshot.mark.index
        installing = snapshot
        unwrittenSnapshot = snapshot
        durability.isDirty = true
        send(.appendAccepted(through: snapshot.mark.index), to: sender, after: .everything)
    }

    /// The snapshot is on disk: the state machine is where it says.
    mutating func finishInstallation(of snapshot: Snapshot) {
        guard installing == snapshot else { return }
        installing = nil
        applied = snapshot.mark.index
        configuration = snapshot.configuration
    }
}
