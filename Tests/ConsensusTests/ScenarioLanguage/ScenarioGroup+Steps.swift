import Consensus

extension ScenarioGroup {
    mutating func ask(_ command: String, _ words: [String]) {
        let id = Self.id(words[0])
        do {
            switch command {
            case "campaign": replicas[id]?.group.campaign(now: now)
            case "propose": try propose(id, Array(words.dropFirst()))
            case "read": try replicas[id]?.group.read(ReadID(UInt64(words[1]) ?? 0), now: now)
            case "transfer": try replicas[id]?.group.transferLeadership(to: Self.id(words[1]), now: now)
            default: try replicas[id]?.group.changeConfiguration(Self.change(words.dropFirst()), now: now)
            }
        } catch {
            say("refused: \(error)")
        }
        observe(id)
    }

    /// `propose 1 a b c`, `propose 1 x*5` for five, `propose 1 bytes=100` for one of that size.
    private mutating func propose(_ id: ReplicaID, _ words: [String]) throws {
        for word in words {
            let parts = word.split(separator: "*").map(String.init)
            let count = parts.count == 2 ? Int(parts[1]) ?? 1 : 1
            for number in 0..<count {
                var text = parts.count == 2 ? "\(parts[0])\(number + 1)" : word
                if let size = Self.options([word])["bytes"].flatMap({ Int($0) }) {
                    text = String(repeating: "x", count: size)
                }
                _ = try replicas[id]?.group.propose(Array(text.utf8), now: now)
            }
        }
    }

    /// `learner:4 promote:4 demote:1 remove:1`.
    private static func change(_ words: ArraySlice<String>) -> ConfigurationChange {
        ConfigurationChange(
            words.compactMap { word in
                let parts = word.split(separator: ":").map(String.init)
                guard parts.count == 2 else { return nil }
                switch parts[0] {
                case "learner": return .addLearner(id(parts[1]))
                case "promote": return .promote(id(parts[1]))
                case "demote": return .demote(id(parts[1]))
                default: return .remove(id(parts[1]))
                }
            })
    }

    mutating func stepOne(_ command: String, _ words: [String]) {
        let id = Self.id(words[0])
        let count = words.count > 1 ? Int(words[1]) ?? 1 : 1
        for _ in 0..<count {
            switch command {
            case "ready": showReady(id)
            case "disk": if !finishWrite(id) { say("\(id) writes nothing") }
            default: if !apply(id, count: words.count > 1 ? 1 : .max) { say("\(id) applies nothing") }
            }
        }
    }

    private mutating func showReady(_ id: ReplicaID) {
        let before = replicas[id]?.toApply.count ?? 0
        guard takeReady(id) else {
            say("\(id) has nothing to do")
            return
        }
        let handedOut = Array((replicas[id]?.toApply ?? []).dropFirst(before))
        if !handedOut.isEmpty { say("\(id) is to apply \(Wording.describe(handedOut))") }
    }

    /// `deliver`, `deliver 1-2`, `deliver 1-2 3` (the third), `drop 1-2`, `repeat 1-2` (without taking it away).
    mutating func move(_ command: String, _ words: [String]) {
        let ends = words.first?.split(separator: "-").map { Self.id(String($0)) } ?? []
        var due = messages.filter { ends.isEmpty || [$0.from, $0.to] == ends }
        if words.count > 1, let number = Int(words[1]) { due = number <= due.count ? [due[number - 1]] : [] }
        if command != "repeat" {
            for message in due {
                if let position = messages.firstIndex(of: message) { messages.remove(at: position) }
            }
        }
        for message in due where command != "drop" { deliver(message) }
    }

    /// `pass 100`: lets that many milliseconds pass everywhere; `pass 100 1 2`: on these replicas.
    mutating func pass(_ words: [String]) {
        now += .milliseconds(Int(words[0]) ?? 0)
        for id in words.count > 1 ? words.dropFirst().map(Self.id) : ids where replicas[id]?.isUp == true {
            replicas[id]?.group.tick(now: now)
            observe(id)
        }
    }

    /// `live 1500 1 2`: these replicas do what they do for so many milliseconds.
    private mutating func liveStep(_ some: [ReplicaID]) {
        now += .milliseconds(50)
        for id in some where replicas[id]?.isUp == true {
            replicas[id]?.group.tick(now: now)
            observe(id)
        }
        settle(some)
    }

    mutating func live(_ words: [String]) {
        let some = words.count > 1 ? words.dropFirst().map(Self.id) : ids
        for _ in 0..<(Int(words[0]) ?? 0) / 50 { liveStep(some) }
    }

    /// Lets time pass until one replica's own deadline, and ticks it alone.
    mutating func timeOut(_ words: [String]) {
        let id = Self.id(words[0])
        guard let deadline = replicas[id]?.group.nextDeadline else {
            say("\(id) needs no ticks")
            return
        }
        now = max(now, deadline)
        replicas[id]?.group.tick(now: now)
        observe(id)
    }

    mutating func handle(_ command: String, _ words: [String]) {
        let id = Self.id(words[0])
        guard let replica = replicas[id] else { return }
        switch command {
        case "crash":
            replicas[id]?.isUp = false
            replicas[id]?.writes = []
            replicas[id]?.toApply = []
        case "restart": restart(id, losesPower: words.count > 1)
        case "compact":
            let index = words.count > 1 ? LogIndex(UInt64(words[1]) ?? 0) : replica.applied
            replicas[id]?.disk.compact(through: index, configuration: replica.group.configuration)
            replicas[id]?.disk.durableApplied = index
            replicas[id]?.group.compact(through: index)
        default: moveSnapshot(command, from: id, to: Self.id(words[1]))
        }
    }

    private mutating func restart(_ id: ReplicaID, losesPower: Bool) {
        guard let replica = replicas[id] else { return }
        let applied = losesPower ? replica.disk.durableApplied : replica.applied
        guard applied <= replica.disk.last else {
            say("\(id) has applied \(applied), which its log does not explain")
            return
        }
        start(
            id,
            Restored(
                hardState: replica.disk.hardState, base: replica.disk.base, configuration: replica.disk.configuration,
                entries: replica.disk.entries, applied: applied))
        replicas[id]?.disk = replica.disk
        if let group = replicas[id]?.group { say("\(id) \(Wording.describe(group))") }
    }

    private mutating func moveSnapshot(_ command: String, from: ReplicaID, to: ReplicaID) {
        guard let sender = replicas[from], let snapshot = sender.group.snapshot(at: sender.applied) else {
            say("\(from) has no snapshot")
            return
        }
        let isComplete = command != "snapshot-fails"
        if isComplete { deliver(sender.group.snapshotMessage(snapshot, to: to)) }
        guard command != "snapshot-late" else { return }
        replicas[from]?.group.snapshotSent(to: to, through: isComplete ? snapshot.mark.index : nil, now: now)
        observe(from)
    }
}
