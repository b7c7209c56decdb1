import Consensus

extension Simulation {
    /// One process ends; less often where it would only keep a group from ever doing anything.
    mutating func crashOne(_ choice: inout SplitMix64) {
        let down = replicas.count { !$0.isUp }
        if 2 * (down + 1) > replicas.count, choice.below(4) > 0 { return }
        crash(choice.below(replicas.count), losesPower: choice.below(3) == 0, &choice)
    }

    /// A replica that has just voted ends and starts again at once: has it written its vote?
    mutating func crashVoter(_ replica: Int) {
        guard replicas[replica].isUp else { return }
        var choice = SplitMix64(seed: random.next())
        crash(replica, losesPower: false, &choice)
        queue.add(.restart(replica: replica), at: now + 50)
    }

    mutating func losePower(_ choice: inout SplitMix64) {
        for replica in replicas.indices { crash(replica, losesPower: true, &choice) }
    }

    /// The process ends. What was being written may have reached the disk or not, in order; a loss of power also takes
    /// what the state machine had not synced.
    mutating func crash(_ replica: Int, losesPower: Bool, _ choice: inout SplitMix64) {
        guard replicas[replica].isUp else { return }
        if isTraced { record("\(replicas[replica].id) crashes\(losesPower ? " without power" : "")") }
        tally.crashes += 1
        let kept = choice.below(replicas[replica].writes.count + 1)
        for _ in 0..<kept { writeNext(replica) { _, _, _ in } }
        replicas[replica].writes = []
        replicas[replica].applyQueue = []
        replicas[replica].isApplying = false
        replicas[replica].reads = []
        replicas[replica].isUp = false
        replicas[replica].incarnation += 1
        if losesPower { replicas[replica].applied = replicas[replica].disk.durableApplied }
        let pause = choice.below(2) == 0 ? 5000 : 400_000 as UInt64
        queue.add(.restart(replica: replica), at: now + 100 + Int64(choice.below(pause)))
    }

    /// The process starts again, from what its disk says.
    mutating func restart(_ replica: Int) {
        guard !replicas[replica].isUp else { return }
        let disk = replicas[replica].disk
        let id = replicas[replica].id
        let applied = replicas[replica].applied
        guard applied <= disk.last, applied >= disk.base.index else {
            oracle.fail("\(id) has applied \(applied), which its log (\(disk.base) to \(disk.last)) does not explain")
            return
        }
        // Either the configuration at the base or the last one that was applied may be given back.
        var configuration = disk.configuration
        if replicas[replica].group.applied >= disk.base.index, random.below(2) == 0 {
            configuration = replicas[replica].group.configuration
        }
        let restored = Restored(
            hardState: disk.hardState, base: disk.base, configuration: configuration, entries: disk.entries,
            applied: applied)
        if isTraced { record("\(id) restarts at \(disk.last), applied \(applied), \(configuration)") }
        replicas[replica].isUp = true
        replicas[replica].diskFreeAt = now
        replicas[replica].tickAt = .max
        replicas[replica].ledTerm = .none
        replicas[replica].seenCommit = applied
        replicas[replica].group = RaftGroup(
            id: id, settings: plan.settings, restored: restored, seed: random.next(), now: moment,
            mutations: plan.mutations)
        settle(replica)
    }
}
