import Checks
import Consensus
import HashRing

extension NodeState {
    /// Applies committed entries of group 0 at once: its state is small and lives here.
    mutating func applyRegistry(_ entries: [Entry]) {
        let before = replicated
        for entry in entries {
            guard case .command(let bytes) = entry.payload else { continue }
            // An entry that this node cannot read must not be skipped: it would hold another registry than the rest.
            guard let command = try? RegistryEntry(encoded: bytes) else {
                preconditionFailure("entry \(entry.index) of the registry is of a later version than this program")
            }
            answerRegistry(replicated.apply(command.command, at: command.stamp, faults: faults), at: entry.index)
        }
        guard let last = entries.last?.index else { return }
        while let first = groups[0].applying.first, first.index <= last {
            groups[0].applying.removeFirst()
            lose(first, of: .registry, .fault)
        }
        groups[0].raft?.applied(through: last, now: now.monotonic)
        touch(0)
        guard replicated != before else { return }
        keepImage(through: last)
        adoptReplicated()
    }

    /// Goes by what the replica of group 0 has applied, unless a newer one is known.
    mutating func adoptReplicated() {
        guard replicated.version >= registry.version else { return }
        let before = registry
        registry = replicated
        for conversation in awaitingRegistry { events.append((conversation, .ready)) }
        awaitingRegistry = []
        if registry.settings != before.settings || before.version == 0 {
            effects.append(.settingsChanged(registry.settings))
        }
        followRegistry(since: before)
    }

    /// What this node goes by, for one that may have been away for long.
    mutating func tellRegistry(to node: NodeID) {
        guard registry.version > 0, let image = try? registry.image() else { return }
        post(.registry(image: image), to: node)
    }

    /// A newer registry than this node's: it goes by that until its own replica has come as far. From any node with a
    /// certificate of the cluster: those who could vouch for it may be the very ones that this node does not know yet.
    mutating func learnRegistry(_ image: [UInt8]) {
        guard let newer = try? Registry(image: image), newer.cluster == registry.cluster,
            newer.version > registry.version, newer.member(identity.node) != nil
        else { return }
        let before = registry
        registry = newer
        if registry.settings != before.settings { effects.append(.settingsChanged(registry.settings)) }
        followRegistry(since: before)
    }

    private mutating func answerRegistry(_ outcome: RegistryOutcome, at index: LogIndex) {
        while let first = groups[0].applying.first, first.index <= index {
            groups[0].applying.removeFirst()
            guard let ticket = first.ticket else { continue }
            events.append(
                (
                    ticket.conversation,
                    .registry(ticket.step, first.index == index ? .success(outcome) : .failure(.fault))
                ))
        }
    }

    /// Writes the registry whole, so that its log needs no replay before this and can be compacted.
    private mutating func keepImage(through index: LogIndex) {
        guard let bytes = try? replicated.image() else {
            preconditionFailure("a registry always has an image")
        }
        let write = GroupWrite(
            group: .registry,
            registry: RegistryImage(applied: index, bytes: bytes))
        effects.append(.persist(persists.issue(.image(index)), write))
    }

    /// The image is durable: its log is not needed any more, but for a few entries that a follower may lack.
    mutating func compactRegistry(through index: LogIndex) {
        registryImage = index
        guard index.rawValue > Limits.registryEntriesKept else { return }
        let through = LogIndex(index.rawValue - Limits.registryEntriesKept)
        guard let status = groups[0].raft?.status, groups[0].installing == nil, through > status.base.index else {
            return
        }
        groups[0].raft?.compact(through: through)
        effects.append(.compact(.registry, through: through, status.configuration))
    }
}
