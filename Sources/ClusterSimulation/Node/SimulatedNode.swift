import Checks
import Consensus
import Coordinator
import HashRing

/// One whole node from a seed: the real coordinator and the real shards over a disk that takes its time, loses what was
/// not durable, and a clock that only the simulation moves.
///
/// Everything that a runtime may do in another order is done in another order here: writes become durable in groups,
/// shards apply and answer at their own pace. A crash keeps what was durable, and of what was on its way to the disk a
/// part from the front.
package final class SimulatedNode {
    /// What is done at a time.
    enum Occurrence {
        case written
        case shardTurn(ShardID)
        case checkpoint(ShardID)
        case actor(Int)
        case restart
    }

    enum ShardTask {
        case apply([CommittedEntry])
        case query(QueryID, Query)
    }

    /// How long things take, in milliseconds.
    package struct Pace: Sendable {
        package var write = 1...8
        /// Now and then a write takes this long.
        package var slowWrite = 200...1500
        package var slowWriteOneIn = 200
        package var turn = 0...3
        package var checkpoint = 2_000...8_000
        package init() {}
    }

    package let seed: UInt64
    package var random: SplitMix64
    package var pace = Pace()
    package private(set) var now = Moment(monotonic: .zero, wall: Timestamp(milliseconds: 1_767_225_600_000))
    package private(set) var coordinator: Coordinator?
    package private(set) var crashes = 0
    package private(set) var steps = 0
    package private(set) var alarms: [Alarm] = []
    package private(set) var isDrained = false
    /// Called for every entry as it is applied for the first time or again.
    package var onApply: (ShardID, CommittedEntry, AppliedBatch) -> Void = { _, _, _ in }
    /// Called for every effect before it is carried out.
    package var onEffect: (Effect) -> Void = { _ in }

    package let identity: NodeIdentity
    let store: any SimulatedShardStore
    package internal(set) var shards: [any SimulatedShard] = []
    package private(set) var logs: [SimulatedLog]
    private var image: RegistryImage?
    private var writes: [(ticket: PersistTicket, write: GroupWrite)] = []
    private var isWriting = 0
    private var tasks: [[ShardTask]]
    private var isBusy: [Bool]
    private var agenda: [(due: Duration, order: UInt64, occurrence: Occurrence)] = []
    private var scheduled: UInt64 = 0
    private var actors: [any SimulatedActor] = []
    private var callers: [RequestID: Int] = [:]
    private var lastRequest: UInt64 = 0
    private var answers: [RequestID: Result<Response, Refusal>] = [:]
    private var epoch: UInt64 = 0

    package init(
        seed: UInt64, shardCount: Int = 4, store: any SimulatedShardStore,
        operators: [(name: String, secret: SecretHash)]
    ) throws {
        self.seed = seed
        random = SplitMix64(seed: seed)
        self.store = store
        identity = NodeIdentity.simulated(shardCount: shardCount, operators: operators)
        logs = Array(repeating: SimulatedLog(), count: shardCount + 1)
        tasks = Array(repeating: [], count: shardCount)
        isBusy = Array(repeating: false, count: shardCount)
        try boot()
    }

    // MARK: Time

    package func add(_ actor: any SimulatedActor, after delay: Duration = .zero) {
        actors.append(actor)
        schedule(.actor(actors.count - 1), after: delay)
    }

    /// Wakes the actor again.
    package func wake(_ actor: Int, after delay: Duration) { schedule(.actor(actor), after: delay) }

    private func schedule(_ occurrence: Occurrence, after delay: Duration) {
        scheduled += 1
        agenda.append((now.monotonic + delay, scheduled, occurrence))
    }

    private func schedule(_ occurrence: Occurrence, within milliseconds: ClosedRange<Int>) {
        schedule(occurrence, after: .milliseconds(Int.random(in: milliseconds, using: &random)))
    }

    /// Lets the next thing happen; `false` when nothing ever will.
    @discardableResult
    package func step() throws -> Bool {
        steps += 1
        let next = agenda.indices.min { (agenda[$0].due, agenda[$0].order) < (agenda[$1].due, agenda[$1].order) }
        let deadline = coordinator?.nextDeadline
        if let deadline, next.map({ agenda[$0].due > deadline }) ?? true {
            advance(to: deadline)
            feed([.tick])
            return true
        }
        guard let next else { return false }
        let (due, _, occurrence) = agenda.remove(at: next)
        advance(to: due)
        try take(occurrence)
        return true
    }

    /// Lets everything happen that is due within `span`.
    package func run(for span: Duration) throws {
        let end = now.monotonic + span
        while let next = nextTime, next <= end { try step() }
        advance(to: end)
    }

    private var nextTime: Duration? {
        [agenda.map(\.due).min(), coordinator?.nextDeadline].compactMap(\.self).min()
    }

    private func advance(to time: Duration) {
        guard time > now.monotonic else { return }
        let passed = time - now.monotonic
        now.monotonic = time
        let milliseconds = passed.components.seconds * 1000 + passed.components.attoseconds / 1_000_000_000_000_000
        now.wall = Timestamp(milliseconds: now.wall.milliseconds + milliseconds)
    }

    private func take(_ occurrence: Occurrence) throws {
        switch occurrence {
        case .written: finishWrite()
        case .shardTurn(let shard): try takeTurn(of: shard)
        case .checkpoint(let shard):
            if coordinator != nil {
                let durable = try shards[shard.index].checkpoint()
                feed([.checkpointed(shard, durable: LogIndex(durable))])
            }
            schedule(.checkpoint(shard), within: pace.checkpoint)
        case .actor(let actor): actors[actor].act(as: actor, in: self)
        case .restart: if coordinator == nil { try boot() }
        }
    }

    // MARK: Requests

    /// Hands in a request; the actor hears the answer, or that it was lost with the node.
    @discardableResult
    package func submit(_ request: Request, by actor: Int? = nil) -> RequestID? {
        guard coordinator != nil else { return nil }
        lastRequest += 1
        let id = RequestID(rawValue: lastRequest)
        if let actor { callers[id] = actor }
        feed([.request(id, request)])
        return id
    }

    package func abandon(_ id: RequestID) { feed([.abandoned(id)]) }
    package func drain() { feed([.drain]) }

    /// Runs until the request is answered; `nil` when it never is.
    package func answer(to request: Request, within limit: Duration = .seconds(60)) throws -> Result<Response, Refusal>?
    {
        guard let id = submit(request) else { return nil }
        let end = now.monotonic + limit
        while answers[id] == nil, let next = nextTime, next <= end { try step() }
        return answers.removeValue(forKey: id)
    }

    package func takeAnswer(to id: RequestID) -> Result<Response, Refusal>? { answers.removeValue(forKey: id) }

    // MARK: Effects

    private func feed(_ inputs: [Input]) {
        guard let effects = coordinator?.handle(inputs, now: now, using: &random) else { return }
        carryOut(effects)
    }

    private func carryOut(_ effects: [Effect]) {
        for effect in effects {
            onEffect(effect)
            switch effect {
            case .persist(let ticket, let write): writes.append((ticket, write))
            case .apply(let shard, let entries): give(.apply(entries), to: shard)
            case .query(let id, let shard, let query): give(.query(id, query), to: shard)
            case .reply(let id, let answer): reply(id, answer)
            case .compact(let group, let index): logs[position(of: group)].compact(through: index)
            case .alarm(let alarm): alarms.append(alarm)
            case .settingsChanged: break
            case .drained: isDrained = true
            }
        }
        startWrite()
    }

    private func reply(_ id: RequestID, _ answer: Result<Response, Refusal>) {
        if let actor = callers.removeValue(forKey: id) {
            actors[actor].answered(id, answer, as: actor, in: self)
        } else {
            answers[id] = answer
        }
    }

    private func position(of group: GroupKey) -> Int {
        switch group {
        case .registry: 0
        case .shard(let shard): shard.index + 1
        }
    }

    private func startWrite() {
        guard isWriting == 0, !writes.isEmpty else { return }
        isWriting = writes.count
        schedule(.written, within: random.oneIn(pace.slowWriteOneIn) ? pace.slowWrite : pace.write)
    }

    private func finishWrite() {
        var last: PersistTicket?
        for _ in 0..<isWriting { last = writeOne() }
        isWriting = 0
        if let last { feed([.persisted(last)]) }
        startWrite()
    }

    private func writeOne() -> PersistTicket? {
        guard !writes.isEmpty else { return nil }
        let (ticket, write) = writes.removeFirst()
        logs[position(of: write.group)].write(write)
        if let image = write.registry { self.image = image }
        return ticket
    }

    private func give(_ task: ShardTask, to shard: ShardID) {
        tasks[shard.index].append(task)
        guard !isBusy[shard.index] else { return }
        isBusy[shard.index] = true
        schedule(.shardTurn(shard), within: pace.turn)
    }

    private func takeTurn(of shard: ShardID) throws {
        isBusy[shard.index] = false
        var inputs: [Input] = []
        while !tasks[shard.index].isEmpty {
            switch tasks[shard.index].removeFirst() {
            case .apply(let entries): inputs.append(.applied(shard, try apply(entries, to: shard)))
            case .query(let id, let query): inputs.append(.answered(id, try shards[shard.index].query(query)))
            }
            // Now and then the rest has to wait.
            if random.oneIn(4) { break }
        }
        if !tasks[shard.index].isEmpty {
            isBusy[shard.index] = true
            schedule(.shardTurn(shard), within: pace.turn)
        }
        if random.oneIn(50) { try shards[shard.index].commit() }
        feed(inputs)
    }

    /// One entry at a time, so that whoever watches sees events in committed order.
    private func apply(_ entries: [CommittedEntry], to shard: ShardID) throws -> AppliedBatch {
        var whole = AppliedBatch(outcomes: [], emitted: [], summary: try shards[shard.index].summary())
        for entry in entries {
            let batch = try shards[shard.index].apply([(entry.index.rawValue, entry.term.rawValue, entry.command)])
            onApply(shard, entry, batch)
            whole.outcomes += batch.outcomes
            whole.emitted += batch.emitted
            whole.summary = batch.summary
        }
        return whole
    }

    // MARK: Crashing

    /// `kill -9`: of what is on its way to the disk, some part from the front arrives. Starts again after a while.
    package func crash(downFor delay: Duration = .milliseconds(500)) {
        crashes += 1
        for _ in 0..<Int.random(in: 0...writes.count, using: &random) { _ = writeOne() }
        writes = []
        isWriting = 0
        coordinator = nil
        shards = []
        tasks = tasks.map { _ in [] }
        isBusy = isBusy.map { _ in false }
        agenda.removeAll { entry in
            switch entry.occurrence {
            case .written, .shardTurn, .checkpoint: true
            case .actor, .restart: false
            }
        }
        let lost = callers.sorted { $0.key < $1.key }
        callers = [:]
        for (id, actor) in lost { actors[actor].lost(id, as: actor, in: self) }
        schedule(.restart, after: delay)
    }

    private func boot() throws {
        shards = try ShardID.all(count: identity.shardCount).map { try store.open($0) }
        let voter = ReplicaID(1)
        var groups: [RestoredNode.Group] = []
        var summaries: [ShardID: ShardSummary] = [:]
        for (position, log) in logs.enumerated() {
            let shard = position == 0 ? nil : ShardID.all(count: identity.shardCount)[position - 1]
            let applied = shard.map { LogIndex(shards[$0.index].appliedIndex) } ?? image?.applied ?? .zero
            let restored = Restored(
                hardState: log.hardState, base: log.base, configuration: Configuration(voters: [voter]),
                entries: log.entries, applied: applied)
            groups.append(
                RestoredNode.Group(key: shard.map { .shard($0) } ?? .registry, replica: voter, restored: restored))
            if let shard { summaries[shard] = try shards[shard.index].summary() }
        }
        let found = RestoredNode(identity: identity, groups: groups, registry: image, summaries: summaries)
        coordinator = Coordinator(found, now: now, using: &random)
        isDrained = false
        if let effects = coordinator?.start(now: now, using: &random) { carryOut(effects) }
        for shard in ShardID.all(count: identity.shardCount) { schedule(.checkpoint(shard), within: pace.checkpoint) }
    }

    /// Moves the wall clock without any time passing.
    package func setWallClock(ahead milliseconds: Int64) {
        now.wall = Timestamp(milliseconds: now.wall.milliseconds + milliseconds)
    }

    /// Lets everything happen until the node serves.
    package func runUntilReady(within limit: Duration = .seconds(30)) throws {
        let end = now.monotonic + limit
        while now.monotonic < end {
            if coordinator != nil, case .success(.readiness(let obstacles)) = try answer(to: .readiness),
                obstacles.isEmpty
            {
                return
            }
            guard try step() else { return }
        }
    }
}
