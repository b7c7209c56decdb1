import Checks
import Consensus
import Coordinator
import HashRing

extension SimulatedNode {
    func give(_ job: Applier.Job, to shard: ShardID) {
        process?.appliers[shard, default: Applier()].jobs.append(job)
        planTurn(of: shard)
    }

    private func planTurn(of shard: ShardID) {
        guard let applier = process?.appliers[shard], !applier.isBusy, !applier.jobs.isEmpty else { return }
        process?.appliers[shard]?.isBusy = true
        plan(after: cluster.draw(cluster.pace.turn)) { try $0.takeTurn(of: shard) }
    }

    private func takeTurn(of shard: ShardID) throws {
        process?.appliers[shard]?.isBusy = false
        var inputs: [Input] = []
        while let jobs = process?.appliers[shard]?.jobs, let job = jobs.first {
            process?.appliers[shard]?.jobs.removeFirst()
            if let input = try perform(job, on: shard) { inputs.append(input) }
            // Now and then the rest has to wait.
            if cluster.random.oneIn(4) { break }
        }
        planTurn(of: shard)
        if cluster.random.oneIn(50) { try commit(shard, durably: false) }
        feed(inputs)
    }

    private func perform(_ job: Applier.Job, on shard: ShardID) throws -> Input? {
        switch job {
        case .open(let generation):
            if writeFails() {
                endUnwritten("a new file of shard \(shard)")
                return nil
            }
            let machine = try openFile(of: shard, generation: generation)
            process?.appliers[shard]?.machine = machine
            process?.appliers[shard]?.generation = generation
            return .opened(shard, try machine.summary())
        case .drop:
            if let generation = process?.appliers[shard]?.generation {
                disk.files[ShardFileName(shard: shard, generation: generation)] = nil
            }
            process?.appliers[shard]?.machine = nil
            return nil
        case .apply, .query, .takeSnapshot:
            guard let machine = process?.appliers[shard]?.machine else {
                report("shard \(shard) has no file open, and is to do \(job)")
                return nil
            }
            return try perform(job, on: machine, of: shard)
        }
    }

    private func perform(_ job: Applier.Job, on machine: any SimulatedShard, of shard: ShardID) throws -> Input? {
        switch job {
        case .apply(let entries): return .applied(shard, try apply(entries, to: machine, of: shard))
        case .query(let id, let query): return .answered(id, try machine.query(query))
        case .takeSnapshot(let transfer):
            if trouble != nil || cluster.random.oneIn(20) { return .snapshotTaken(transfer, index: nil) }
            process?.snapshots[transfer] = try machine.contents()
            return .snapshotTaken(transfer, index: LogIndex(machine.appliedIndex))
        case .open, .drop: return nil
        }
    }

    /// One entry at a time, so that whoever watches sees events in committed order.
    private func apply(
        _ entries: [CommittedEntry], to machine: any SimulatedShard, of shard: ShardID
    ) throws -> AppliedBatch {
        var whole = AppliedBatch(outcomes: [], emitted: [], summary: try machine.summary())
        for entry in entries {
            if entry.index.rawValue > machine.appliedIndex + 1 {
                report("shard \(shard): entry \(entry.index) is applied behind \(machine.appliedIndex)")
            }
            let batch = try machine.apply([(entry.index.rawValue, entry.term.rawValue, entry.command)])
            cluster.onApply(shard, self, entry, batch)
            whole.outcomes += batch.outcomes
            whole.emitted += batch.emitted
            whole.summary = batch.summary
        }
        return whole
    }

    // MARK: Its file

    /// Ends the open transaction: no end of the process takes the shard further back.
    private func commit(_ shard: ShardID, durably: Bool) throws {
        guard let applier = process?.appliers[shard], let machine = applier.machine else { return }
        if writeFails() { return endUnwritten("shard \(shard)'s file") }
        let name = ShardFileName(shard: shard, generation: applier.generation)
        let contents = try machine.contents()
        disk.files[name]?.committed = contents
        if durably { disk.files[name]?.durable = contents }
    }

    /// Now and then one of the shards makes everything that it has applied durable.
    func planCheckpoint() {
        plan(after: cluster.draw(cluster.pace.checkpoint)) { node in
            let shards = node.process?.appliers.keys.sorted() ?? []
            for shard in shards {
                guard let machine = node.process?.appliers[shard]?.machine else { continue }
                try node.commit(shard, durably: true)
                node.feed([.checkpointed(shard, durable: LogIndex(machine.appliedIndex))])
            }
            node.planCheckpoint()
        }
    }
}
