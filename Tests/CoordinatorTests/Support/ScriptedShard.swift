import Checks
import ClusterSimulation
import HashRing

/// A shard that does what its test says: commands and queries are recorded and answered by closures.
final class ScriptedShard: SimulatedShard {
    let shard: ShardID
    unowned let script: Script
    private(set) var appliedIndex: UInt64 = 0
    private var numbers: [ShardID: UInt64] = [:]

    init(shard: ShardID, script: Script) {
        self.shard = shard
        self.script = script
    }

    func apply(_ entries: [(index: UInt64, term: UInt64, command: [UInt8]?)]) throws -> AppliedBatch {
        var outcomes: [AppliedBatch.AppliedOutcome] = []
        var emitted: [AppliedBatch.EmittedEvent] = []
        for entry in entries where entry.index > appliedIndex {
            appliedIndex = entry.index
            guard let bytes = entry.command else { continue }
            let envelope = try CommandEnvelope(encoded: bytes)
            script.time = max(script.time, envelope.stamp)
            let (outcome, events) = script.take(envelope.command, at: shard)
            outcomes.append(AppliedBatch.AppliedOutcome(index: entry.index, outcome: outcome))
            for (target, event) in events {
                let number = (numbers[target] ?? 0) + 1
                numbers[target] = number
                emitted.append(AppliedBatch.EmittedEvent(target: target, number: number, event: event))
            }
        }
        return AppliedBatch(outcomes: outcomes, emitted: emitted, summary: try summary())
    }

    func query(_ query: Query) throws -> QueryResult { script.answer(query, at: shard) }

    func summary() throws -> ShardSummary {
        ShardSummary(
            applied: appliedIndex, time: script.time, ready: script.ready[shard] ?? [], nextLapse: nil,
            nextRelease: nil,
            outbox: [], jobs: false, nextPurge: nil)
    }

    func contents() throws -> [UInt8] { [] }
}

/// What the shards of a test do, and what was asked of them, in the order in which it was applied.
final class Script: SimulatedShardStore {
    typealias Events = [(ShardID, OutboxEvent)]

    var time = Timestamp(milliseconds: 0)
    var ready: [ShardID: [ShardSummary.Readiness]] = [:]
    /// Consulted first; `nil` falls back to what any shard would say.
    var onCommand: (Command, ShardID) -> Outcome? = { _, _ in nil }
    var onEmit: (Command, ShardID) -> Events = { _, _ in [] }
    var onQuery: (Query, ShardID) -> QueryResult? = { _, _ in nil }
    private(set) var commands: [(shard: ShardID, command: Command)] = []
    private(set) var queries: [(shard: ShardID, query: Query)] = []
    private var shards: [ShardID: ScriptedShard] = [:]

    /// A shard loses nothing in a crash.
    func open(_ shard: ShardID, on node: NodeID, contents: [UInt8]?) -> any SimulatedShard {
        if let known = shards[shard] { return known }
        let new = ScriptedShard(shard: shard, script: self)
        shards[shard] = new
        return new
    }

    func take(_ command: Command, at shard: ShardID) -> (Outcome, Events) {
        commands.append((shard, command))
        return (onCommand(command, shard) ?? usual(command), onEmit(command, shard))
    }

    func answer(_ query: Query, at shard: ShardID) -> QueryResult {
        queries.append((shard, query))
        return onQuery(query, shard) ?? usual(query)
    }

    private func usual(_ command: Command) -> Outcome {
        switch command {
        case .inbox(let source, let first, let events):
            .inbox(source: source, through: first + UInt64(events.count) - 1)
        case .grant: .nothingToGrant
        case .fence, .cancel: .fenced(granted: nil)
        case .ask(let slot, _, let shard): .asked(ask(slot.rawValue, at: shard, secret: UInt128(shard.rawValue) + 1000))
        case .jobStep: .jobStep(more: false)
        default: .done
        }
    }

    private func usual(_ query: Query) -> QueryResult {
        switch query {
        case .authenticate: .authenticated
        case .openWork: .openWork(OpenWork(undecided: [], ending: [], outbox: [], jobs: false))
        case .mayLease: .mayLease(ReserveAnswer(cap: 10, outstanding: 0, slots: []))
        case .slots: .slots([])
        case .clients: .clients(Listing(items: [], next: nil))
        case .counts: .counts(ShardCounts())
        case .statistics: .statistics(ShardStatistics())
        default: .refused(.unknownUser)
        }
    }

    /// The commands applied so far, without those that every node gives its shards by itself.
    var exchange: [(shard: ShardID, command: Command)] {
        commands.filter { entry in
            switch entry.command {
            case .configure, .touch, .outboxDelivered, .purge: false
            default: true
            }
        }
    }

    func forget() {
        commands = []
        queries = []
    }
}

/// A slot's ask at `shard`.
func ask(_ slot: UInt64, at shard: ShardID, secret: UInt128, lane: Lane = .normal) -> SlotAsk {
    SlotAsk(
        slot: SlotID(rawValue: slot), lease: LeaseID(shard: shard, secret: secret), lane: lane, allowance: 180)
}

/// A lease as a shard grants it.
func lease(_ id: LeaseID, users: Int = 3, deadline: Timestamp) -> LeaseRecord {
    LeaseRecord(
        id: id, service: .dmcheck, grantedAt: Timestamp(milliseconds: 0), deadline: deadline, attempt: 1,
        reported: false,
        users: (0..<users).compactMap { ScreenName("u\(id.shard)_\($0)").map { UserReference(screenName: $0) } })
}
