import Consensus

/// The replicas of a scenario, their disks, and the messages between them, moved only by the scenario's commands.
struct ScenarioGroup {
    struct Replica {
        var group: RaftGroup
        var disk: SimulatedDisk
        var writes: [Persist] = []
        var toApply: [Entry] = []
        var applied = LogIndex.zero
        var isUp = true
        var shown = ""
        var shownConfiguration: Configuration
    }

    var replicas: [ReplicaID: Replica] = [:]
    var messages: [Message] = []
    var cuts: Set<[ReplicaID]> = []
    var now = Duration.zero
    var settings = Settings(
        electionTimeout: .milliseconds(1000), heartbeatInterval: .milliseconds(100), inflightMessages: 8)
    var mutations: Mutation = []
    var trace: [String] = []

    var ids: [ReplicaID] { replicas.keys.sorted() }

    mutating func say(_ line: String) { trace.append(line) }

    mutating func start(_ id: ReplicaID, _ restored: Restored) {
        var disk = SimulatedDisk(configuration: restored.configuration)
        disk.hardState = restored.hardState
        disk.base = restored.base
        disk.entries = restored.entries
        disk.durableApplied = restored.applied
        let group = RaftGroup(
            id: id, settings: settings, restored: restored, seed: id.rawValue, now: now, mutations: mutations)
        var replica = Replica(group: group, disk: disk, shownConfiguration: restored.configuration)
        replica.applied = restored.applied
        replica.shown = Wording.describe(group)
        replicas[id] = replica
    }

    /// Says what changed about who leads and who takes part.
    mutating func observe(_ id: ReplicaID) {
        guard let replica = replicas[id] else { return }
        let seen = Wording.describe(replica.group)
        if seen != replica.shown {
            say("\(id) \(seen)")
            replicas[id]?.shown = seen
        }
        if replica.group.configuration != replica.shownConfiguration {
            say("\(id) counts by \(replica.group.configuration)")
            replicas[id]?.shownConfiguration = replica.group.configuration
        }
        if let broken = replica.group.broken { say("\(id) BROKE: \(broken)") }
    }

    // MARK: One step of one replica

    /// Takes one `Ready`. False if there is none.
    mutating func takeReady(_ id: ReplicaID) -> Bool {
        guard replicas[id]?.isUp == true else { return false }
        let ready = replicas[id]?.group.takeReady()
        guard let ready else { return false }
        if let persist = ready.persist {
            say("\(id) writes \(Wording.describe(persist))")
            replicas[id]?.writes.append(persist)
        }
        for message in ready.messages {
            if cuts.contains([message.from, message.to]) {
                say("lost \(Wording.describe(message))")
            } else {
                messages.append(message)
            }
        }
        if !ready.committed.isEmpty { replicas[id]?.toApply += ready.committed }
        for read in ready.reads {
            say(
                read.index.map { "\(id) may serve read \(read.id.rawValue) at \($0)" }
                    ?? "\(id) refuses read \(read.id.rawValue)")
        }
        for request in ready.snapshots {
            say("\(id) wants \(request.to) to get a snapshot of at least \(request.atLeast)")
        }
        observe(id)
        return true
    }

    /// The oldest write reaches the disk. False if there is none.
    mutating func finishWrite(_ id: ReplicaID) -> Bool {
        guard let persist = replicas[id]?.writes.first else { return false }
        replicas[id]?.writes.removeFirst()
        if replicas[id]?.disk.write(persist) == false { say("\(id)'s disk has a GAP") }
        if let snapshot = persist.snapshot {
            replicas[id]?.applied = snapshot.mark.index
            replicas[id]?.toApply.removeAll { $0.index <= snapshot.mark.index }
        }
        replicas[id]?.group.persisted(persist.id, now: now)
        observe(id)
        return true
    }

    /// Applies what was handed out, or its first `count`. False if there is nothing.
    mutating func apply(_ id: ReplicaID, count: Int = .max) -> Bool {
        guard let replica = replicas[id], !replica.toApply.isEmpty else { return false }
        let entries = Array(replica.toApply.prefix(count))
        say("\(id) applies \(Wording.describe(entries))")
        replicas[id]?.toApply.removeFirst(entries.count)
        guard let last = entries.last else { return false }
        replicas[id]?.applied = last.index
        replicas[id]?.group.applied(through: last.index, now: now)
        observe(id)
        return true
    }

    mutating func deliver(_ message: Message) { deliver(message, reaching: message.to) }

    /// Delivers a message to `receiver`, which is rarely anyone but its addressee.
    mutating func deliver(_ message: Message, reaching receiver: ReplicaID) {
        guard replicas[receiver]?.isUp == true, !cuts.contains([message.from, message.to]) else {
            say("lost \(Wording.describe(message))")
            return
        }
        say(Wording.describe(message) + (receiver == message.to ? "" : ", reaching \(receiver)"))
        replicas[receiver]?.group.receive(message, now: now)
        observe(receiver)
    }

    /// Lets disks, state machines and links of `some` replicas work until nothing is left to do.
    mutating func settle(_ some: [ReplicaID]) {
        var rounds = 0
        var isBusy = true
        while isBusy {
            rounds += 1
            guard rounds < 500 else {
                say("does NOT settle")
                return
            }
            isBusy = false
            for id in some {
                while takeReady(id) || finishWrite(id) || apply(id) {
                    isBusy = true
                    rounds += 1
                    if rounds > 500 { break }
                }
            }
            let due = messages.filter { some.contains($0.to) }
            messages.removeAll { some.contains($0.to) }
            for message in due {
                deliver(message)
                isBusy = true
            }
        }
    }
}
