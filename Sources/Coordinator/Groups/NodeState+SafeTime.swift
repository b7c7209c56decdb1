import Checks
import Consensus
import HashRing

// How old what a replica here holds may be.
//
// A leader finds out with its heartbeats, by the same round that lets it read: what a quorum answers shows that it led when
// the heartbeat left, so nothing was committed beyond its commit index then (ReadIndex). That costs no message. It tells the
// index and the time with its announcements, and whoever has applied that much is as fresh as that.
//
// Neither a deposed leader nor a message that was long on its way nor a process that stood still makes a replica look
// fresher than it is: a leader that is not one any more gets no quorum, and what is told carries its own time. What is
// assumed is that clocks are right: a leader whose clock is off by more than `clockSkew` tells nothing, and two clocks that
// are as wrong as is allowed are twice that apart.

extension NodeState {
    /// A heartbeat of a group that is led here is about to leave, if one is due: it asks as well whether this node still leads.
    mutating func confirmOffice(at position: Int) {
        guard groups[position].isInOffice, groups[position].confirming == nil, let raft = groups[position].raft,
            let due = raft.nextDeadline, due <= now.monotonic
        else { return }
        let id = nextRead()
        guard (try? groups[position].raft?.read(id, now: now.monotonic)) != nil else { return }
        groups[position].confirming = (id, now)
    }

    /// What came of that; `false` for any other read.
    mutating func takeConfirmation(_ read: ReadState, at position: Int) -> Bool {
        guard let (id, asked) = groups[position].confirming, id == read.id else { return false }
        groups[position].confirming = nil
        guard let index = read.index else { return true }
        groups[position].confirmed = Announcement.Confirmation(index: index.rawValue, at: asked.wall)
        groups[position].safeTime.learn(
            SafeTime.Word(index: index, moment: asked.monotonic), handedOut: groups[position].handedOut)
        return true
    }

    /// A leader says how far its group had come, and when. `told` is what its clock shows now.
    mutating func learn(_ confirmed: Announcement.Confirmation, told: Timestamp, at position: Int) {
        guard groups[position].raft != nil else { return }
        // This node's clock may be the one that is behind: the later of what it shows and what its peers make of it counts.
        let present = max(told, clocks.wall, now.wall)
        let age = Duration.milliseconds(max(0, present.milliseconds - confirmed.at.milliseconds))
        groups[position].safeTime.learn(
            SafeTime.Word(
                index: LogIndex(confirmed.index), moment: now.monotonic - age - Limits.clockDistance),
            handedOut: groups[position].handedOut)
    }

    /// How much of what was acknowledged last may be missing from this node's replica; `nil` where there is none that could be
    /// asked: none at all, or one that is being opened or has never had anything. So it is where this node alone decides: there
    /// a linearizable read needs nobody.
    ///
    /// Without any word since the node started it goes by the last entry that is applied, which nothing that came after it is
    /// older than.
    func staleness(of position: Int) -> Duration? {
        guard groups[position].raft != nil, groups[position].opening == 0, groups[position].installing == nil,
            !groups[position].isAlone
        else { return nil }
        if let moment = groups[position].safeTime.moment(handedOut: groups[position].handedOut) {
            return max(.zero, now.monotonic - moment)
        }
        let time = position == 0 ? registry.time : summaries[position - 1]?.time
        guard let time, time.milliseconds > 0 else { return nil }
        return .milliseconds(max(0, now.wall.milliseconds - time.milliseconds)) + Limits.clockDistance
    }
}
