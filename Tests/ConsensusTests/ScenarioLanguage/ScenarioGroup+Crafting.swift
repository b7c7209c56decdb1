import Consensus

extension ScenarioGroup {
    /// `send 2-1 term=3 vote yes`: a message that no replica of the scenario made; with `reaching=3` it goes astray.
    mutating func craft(_ words: [String]) {
        let ends = words[0].split(separator: "-").map { Self.id(String($0)) }
        let options = Self.options(words)
        let plain = words.dropFirst().filter { !$0.contains("=") }
        guard ends.count == 2, let kind = plain.first else { return }
        let answer = plain.contains("yes")
        let number = UInt64(options["index"] ?? "0") ?? 0
        let commit = LogIndex(UInt64(options["commit"] ?? "0") ?? 0)
        let body: Message.Body
        switch kind {
        case "pre-vote?":
            body = .preVoteRequest(
                Message.VoteRequest(
                    last: Self.mark(options["last"]), isTransfer: false, commit: Self.mark(options["known"])))
        case "vote?":
            body = .voteRequest(
                Message.VoteRequest(
                    last: Self.mark(options["last"]), isTransfer: plain.contains("transfer"),
                    commit: Self.mark(options["known"])))
        case "pre-vote": body = .preVote(granted: answer, commit: Self.mark(options["known"]))
        case "vote": body = .vote(granted: answer, commit: Self.mark(options["known"]))
        case "append":
            let previous = Self.mark(options["after"])
            let entries = Self.entries(options["entries"] ?? "", after: previous)
            body = .append(Message.Append(previous: previous, entries: entries, commit: commit))
        case "accepted": body = .appendAccepted(through: LogIndex(number))
        case "rejected":
            body = .appendRejected(
                Message.AppendRejection(index: LogIndex(number), hint: Self.mark(options["hint"])))
        case "heartbeat": body = .heartbeat(commit: commit, round: UInt64(options["round"] ?? "0") ?? 0)
        case "answer": body = .heartbeatAnswer(round: UInt64(options["round"] ?? "0") ?? 0)
        case "superseded": body = .superseded
        case "campaign-now": body = .campaignNow
        case "snapshot":
            let configuration = Configuration(
                voters: Self.ids(options["voters"] ?? ""), outgoing: Self.ids(options["outgoing"] ?? ""),
                learners: Self.ids(options["learners"] ?? ""))
            body = .snapshot(Snapshot(mark: Self.mark(options["mark"]), configuration: configuration))
        default:
            say("UNKNOWN MESSAGE \(kind)")
            return
        }
        let term = Term(UInt64(options["term"] ?? "0") ?? 0)
        let message = Message(from: ends[0], to: ends[1], term: term, body: body)
        deliver(message, reaching: options["reaching"].map(Self.id) ?? message.to)
    }
}
