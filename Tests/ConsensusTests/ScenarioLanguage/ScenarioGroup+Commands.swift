import Consensus

extension ScenarioGroup {
    /// Does what one line of a scenario says.
    mutating func perform(_ line: String) {
        var words = line.split(separator: " ").map(String.init)
        guard !words.isEmpty else { return }
        let command = words.removeFirst()
        switch command {
        case "settings": configure(words)
        case "group", "replica", "restored": create(command, words)
        case "campaign", "propose", "read", "change", "transfer": ask(command, words)
        case "settle": settle(words.isEmpty ? ids : words.map(Self.id))
        case "ready", "disk", "apply": stepOne(command, words)
        case "deliver", "drop", "repeat": move(command, words)
        case "send": craft(words)
        case "pass": pass(words)
        case "live": live(words)
        case "timeout": timeOut(words)
        case "crash", "restart", "compact", "snapshot", "snapshot-fails", "snapshot-late": handle(command, words)
        case "cut": for pair in words { cut(pair) }
        case "heal": cuts.removeAll()
        case "status", "followers", "log", "messages", "deadline": show(command, words)
        default: say("UNKNOWN COMMAND \(command)")
        }
    }

    static func id(_ word: String) -> ReplicaID { ReplicaID(UInt64(word) ?? 0) }
    static func ids(_ word: String) -> [ReplicaID] { word.split(separator: ",").map { id(String($0)) } }

    static func options(_ words: [String]) -> [String: String] {
        var options: [String: String] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            if parts.count == 2 { options[parts[0]] = parts[1] }
        }
        return options
    }

    static func mark(_ word: String?) -> LogMark {
        let parts = (word ?? "0/0").split(separator: "/").compactMap { UInt64($0) }
        return parts.count == 2 ? LogMark(index: LogIndex(parts[1]), term: Term(parts[0])) : .zero
    }

    private mutating func configure(_ words: [String]) {
        for (key, value) in Self.options(words).sorted(by: { $0.key < $1.key }) {
            let number = Int(value) ?? 0
            switch key {
            case "append-entries": settings.appendEntries = number
            case "append-bytes": settings.appendBytes = number
            case "inflight": settings.inflightMessages = number
            case "inflight-bytes": settings.inflightBytes = number
            case "unapplied": settings.unappliedEntries = number
            case "unapplied-bytes": settings.unappliedBytes = number
            case "committed": settings.committedEntries = number
            case "committed-bytes": settings.committedBytes = number
            default: say("UNKNOWN SETTING \(key)")
            }
        }
    }

    private mutating func create(_ command: String, _ words: [String]) {
        let options = Self.options(words)
        let configuration = Configuration(
            voters: Self.ids(options["voters"] ?? ""), outgoing: Self.ids(options["outgoing"] ?? ""),
            learners: Self.ids(options["learners"] ?? ""))
        switch command {
        case "group":
            for id in configuration.replicas { start(id, .founding(configuration)) }
        case "replica":
            for word in words { start(Self.id(word), .joining) }
        default:
            let base = Self.mark(options["base"])
            let entries = Self.entries(options["entries"] ?? "", after: base)
            let commit = LogIndex(UInt64(options["commit"] ?? "") ?? base.index.rawValue)
            let term = UInt64(options["term"] ?? "") ?? (entries.last?.term ?? base.term).rawValue
            let hardState = HardState(term: Term(term), vote: options["vote"].map(Self.id), commit: commit)
            let applied = LogIndex(UInt64(options["applied"] ?? "") ?? base.index.rawValue)
            start(
                Self.id(words[0]),
                Restored(
                    hardState: hardState, base: base, configuration: configuration, entries: entries, applied: applied))
        }
    }

    /// Entries by their terms, as in `1,1,2:text,2:=1+2+3`.
    static func entries(_ text: String, after base: LogMark) -> [Entry] {
        var index = base.index
        return text.split(separator: ",").map { word in
            index = index.next
            let parts = word.split(separator: ":", maxSplits: 1).map(String.init)
            let payload: Entry.Payload =
                parts.count < 2
                ? .empty : parts[1].hasPrefix("=") ? configuration(parts[1]) : .command(Array(parts[1].utf8))
            return Entry(index: index, term: Term(UInt64(parts[0]) ?? 0), payload: payload)
        }
    }

    /// `=2+4` is a configuration of two voters, `=2+4|1+2` a joint one.
    private static func configuration(_ text: String) -> Entry.Payload {
        let halves = text.dropFirst().split(separator: "|").map { $0.split(separator: "+").map { id(String($0)) } }
        return .configuration(Configuration(voters: halves[0], outgoing: halves.count == 2 ? halves[1] : []))
    }

    private mutating func cut(_ pair: String) {
        let ends = pair.split(separator: "-").map { Self.id(String($0)) }
        guard ends.count == 2 else { return }
        cuts.insert(ends)
        if !pair.contains(">") { cuts.insert([ends[1], ends[0]]) }
    }

    private mutating func show(_ command: String, _ words: [String]) {
        for id in words.isEmpty ? ids : words.map(Self.id) {
            guard let replica = replicas[id] else { continue }
            let status = replica.group.status
            switch command {
            case "status":
                say(
                    "\(id) \(Wording.describe(replica.group)), commit \(status.commit), applied \(status.applied), "
                        + "last \(replica.group.log.lastMark), base \(status.base), \(status.configuration)"
                        + (status.isChanging ? ", changing" : ""))
            case "followers": for follower in status.followers { say("  \(Wording.describe(follower))") }
            case "log": say("\(id) holds \(Wording.describe(Array(replica.group.log.entries)))")
            case "deadline": say("\(id) \(replica.group.nextDeadline == nil ? "needs no ticks" : "needs a tick")")
            default:
                for message in messages where message.from == id { say("  \(Wording.describe(message))") }
            }
        }
    }
}
