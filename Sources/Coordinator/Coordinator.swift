import Checks
import Consensus
import DequeModule
import HashRing

/// One node's brain: a synchronous state machine that is told what happens and at what time, and says what to do.
///
/// It owns no thread, has no clock and never waits for a disk. The same inputs at the same times with the same random
/// words give the same effects (I9). After each call carry out the effects in their order, and call again at
/// ``nextDeadline`` at the latest, with ``Input/tick``.
///
/// Inside, each request is a *conversation* with the shards it concerns (a state advanced by events), over this node's
/// Raft groups where it leads them and by calls to their leaders elsewhere. What conversations want of a shard is gathered
/// and handed to consensus once a call, so that a burst of inputs costs one persist effect a group.
public struct Coordinator: Sendable {
    var node: NodeState
    var conversations: [ConversationID: any Conversation] = [:]

    /// A node as it was found on disk: groups with their logs, the registry's image, the shards' summaries. `restored`
    /// has group 0 first and then the groups of the shards that it holds, in order. Call ``start(now:using:)`` next.
    public init(_ restored: RestoredNode, now: Moment, using random: inout some RandomNumberGenerator) {
        self.init(restored, faults: [], now: now, using: &random)
    }

    /// The same with deliberate faults.
    package init(
        _ restored: RestoredNode, faults: PlantedFaults, now: Moment, using random: inout some RandomNumberGenerator
    ) {
        let keys = restored.groups.map(\.key)
        precondition(keys.first == .registry && keys == keys.sorted(), "a node holds group 0 and shards, in order")
        let seeds = restored.groups.map { _ in random.next() as UInt64 }
        node = NodeState(restored, faults: faults, seeds: seeds, gossipSeed: random.next(), now: now)
        guard let image = restored.registry else { return }
        guard let registry = try? Registry(image: image.bytes) else {
            preconditionFailure("the registry's image is of a later version than this program, or damaged")
        }
        node.registry = registry
        // A newcomer's image tells it where everyone is; its replica learns the same from the log.
        if image.applied > .zero { node.replicated = registry }
        node.registryImage = image.applied
    }

    /// Stands for election at once wherever this node is the only voter; elsewhere it waits to hear of a leader first.
    public mutating func start(now: Moment, using random: inout some RandomNumberGenerator) -> [Effect] {
        node.read(now)
        if node.registry.version > 0 {
            node.effects.append(.settingsChanged(node.registry.settings))
            node.followRegistry(since: Registry())
        }
        for position in node.groups.indices where node.groups[position].raft != nil {
            // Where others vote too, whoever waits least asks first: a node that comes back disturbs nobody.
            if node.groups[position].isAlone { node.groups[position].raft?.campaign(now: now.monotonic) }
            node.touch(position)
        }
        node.startClocks()
        return work(using: &random)
    }

    /// Takes one input.
    public mutating func handle(
        _ input: Input, now: Moment, using random: inout some RandomNumberGenerator
    ) -> [Effect] {
        handle([input], now: now, using: &random)
    }

    /// Takes a burst of inputs in order and returns the effects of all of them together.
    public mutating func handle(
        _ inputs: [Input], now: Moment, using random: inout some RandomNumberGenerator
    ) -> [Effect] {
        node.read(now)
        for input in inputs { take(input) }
        takeDueWork()
        return work(using: &random)
    }

    /// When the next ``Input/tick`` is due; `nil` if time alone changes nothing.
    public var nextDeadline: Duration? { node.timers.next }

    /// The registry as this node has applied it.
    public var registry: Registry { node.registry }

    /// Where this node has a shard by the ring of the registry that it goes by.
    package func placement(of shard: ShardID) -> [NodeID] { node.ring.placement(of: shard) }

    /// How many groups this node leads, the registry's among them, as far as it knows.
    package var leaderships: Int { node.groups.count { $0.leads } }

    /// What consensus found broken; ends the process but with a planted fault.
    package var broken: String? { node.groups.lazy.compactMap { $0.raft?.broken }.first }

    /// Lets conversations and consensus work until neither has anything left to do now.
    private mutating func work(using random: inout some RandomNumberGenerator) -> [Effect] {
        repeat {
            beginReleased()
            converse(using: &random)
            node.flush(using: &random)
        } while !node.events.isEmpty || !node.touched.isEmpty || !node.released.isEmpty
        node.sendPosted()
        var effects: [Effect] = []
        swap(&effects, &node.effects)
        return effects
    }

    private mutating func converse(using random: inout some RandomNumberGenerator) {
        while let (id, event) = node.events.popFirst() {
            adopt()
            node.current = id
            node.entropy.fill(using: &random)
            if case .finished = conversations[id]?.advance(event, in: &node) { conversations[id] = nil }
        }
        adopt()
    }

    private mutating func adopt() {
        guard !node.beginning.isEmpty else { return }
        for (id, conversation) in node.beginning { conversations[id] = conversation }
        node.beginning = []
    }
}
