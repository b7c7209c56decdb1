import Checks
import Consensus
import Coordinator
import HashRing

/// A whole cluster from a seed: the real coordinators and the real shards over disks that take their time and lose what was
/// not durable, a network that delays, loses and repeats, and clocks that only the simulation moves.
///
/// Everything that runtimes and networks may do in another order is done in another order here. The same seed gives the same
/// run, to the last step.
package final class SimulatedCluster {
    package let seed: UInt64
    /// The only source of chance.
    package var random: SplitMix64
    package var pace = Pace()
    /// What has truly passed since the beginning.
    package private(set) var time: Duration = .zero
    package private(set) var steps = 0
    /// In the order in which they came; those that crashed or were removed too.
    package internal(set) var nodes: [SimulatedNode] = []
    /// What went wrong.
    package let findings: Findings
    /// Called for every entry as a replica applies it, for the first time or again.
    package var onApply: (ShardID, SimulatedNode, CommittedEntry, AppliedBatch) -> Void = { _, _, _, _ in }
    /// Called for every effect before it is carried out.
    package var onEffect: (Effect, SimulatedNode) -> Void = { _, _ in }
    /// Called for every input before it is handed in.
    package var onInput: (Input, SimulatedNode) -> Void = { _, _ in }
    /// Called for everything that happens to nodes and the network, in words.
    package var onEvent: (String) -> Void = { _ in }
    /// What becomes of a message between nodes on its way: as it is, or through its bytes.
    package var passage: (PeerMessage) throws -> PeerMessage = { $0 }

    let design: ClusterDesign
    let store: any SimulatedShardStore
    /// What its coordinators do wrong on purpose.
    let faults: PlantedFaults
    private(set) lazy var network = SimulatedNetwork(cluster: self)
    var agenda = Agenda()
    private(set) var actors: [any SimulatedActor] = []
    var calls = CallBook()
    /// What has happened so far.
    package internal(set) var tally = Tally()
    private var ticksInARow = 0

    /// A cluster of one node, which has been founded and starts.
    package init(
        seed: UInt64, design: ClusterDesign, store: any SimulatedShardStore, findings: Findings = Findings(),
        faults: PlantedFaults = []
    ) throws {
        self.seed = seed
        random = SplitMix64(seed: seed)
        self.design = design
        self.store = store
        self.findings = findings
        self.faults = faults
        try found()
    }

    // MARK: Time

    /// Lets the next thing happen; `false` when nothing ever will.
    @discardableResult
    package func step() throws -> Bool {
        steps += 1
        if let (due, node) = nextDeadline, agenda.next.map({ $0 > due }) ?? true {
            try advance(to: due)
            node.feed([.tick])
            return true
        }
        guard let (due, occurrence) = agenda.take() else { return false }
        try advance(to: due)
        try occurrence()
        return true
    }

    /// Lets everything happen that is due within `span`.
    package func run(for span: Duration) throws {
        let end = time + span
        while let next = nextTime, next <= end { try step() }
        try advance(to: end)
    }

    /// Lets things happen until `condition` holds; whether it did within the limit.
    package func run(within limit: Duration, until condition: () throws -> Bool) throws -> Bool {
        let end = time + limit
        while try !condition() {
            guard let next = nextTime, next <= end else { return false }
            try step()
        }
        return true
    }

    var nextTime: Duration? {
        [agenda.next, nextDeadline?.due].compactMap(\.self).min()
    }

    /// The node that time alone moves next.
    private var nextDeadline: (due: Duration, node: SimulatedNode)? {
        var first: (due: Duration, node: SimulatedNode)?
        for node in nodes {
            guard let due = node.nextDeadline else { continue }
            if let known = first, known.due <= due { continue }
            first = (due, node)
        }
        return first
    }

    private func advance(to due: Duration) throws {
        ticksInARow = due > time ? 0 : ticksInARow + 1
        time = max(time, due)
        // Far more than any burst of messages makes: somebody sets timers that are due at once, again and again.
        if ticksInARow > 100_000 { throw SimulationFault.standstill }
    }

    /// Something happens after a while.
    package func after(_ delay: Duration, _ occurrence: @escaping () throws -> Void) {
        agenda.add(at: time + delay, occurrence)
    }

    /// A draw from a range of milliseconds.
    func draw(_ milliseconds: ClosedRange<Int>) -> Duration {
        .milliseconds(Int.random(in: milliseconds, using: &random))
    }

    // MARK: Actors

    /// Somebody enters; acts for the first time after `delay`.
    package func add(_ actor: any SimulatedActor, after delay: Duration = .zero) {
        actors.append(actor)
        wake(actors.count - 1, after: delay)
    }

    /// Lets the actor act again.
    package func wake(_ actor: Int, after delay: Duration) {
        after(delay) { [unowned self] in try actors[actor].act(as: actor, in: self) }
    }
}

/// Why a run cannot go on.
package enum SimulationFault: Error {
    /// Time does not pass any more.
    case standstill
}
