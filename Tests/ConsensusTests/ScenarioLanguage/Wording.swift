import Consensus

/// How a scenario's trace names things.
enum Wording {
    static func describe(_ entry: Entry) -> String {
        switch entry.payload {
        case .empty: "\(entry.mark) -"
        case .command(let bytes): "\(entry.mark) \(shortened(String(decoding: bytes, as: UTF8.self)))"
        case .configuration(let configuration): "\(entry.mark) \(configuration)"
        }
    }

    private static func shortened(_ text: String) -> String {
        text.count > 12 ? "\(text.prefix(3))...(\(text.utf8.count))" : text
    }

    static func describe(_ entries: [Entry]) -> String {
        guard let first = entries.first, let last = entries.last, entries.count > 4 else {
            return entries.map(describe).joined(separator: ", ")
        }
        return "\(describe(first)) ... \(describe(last)) (\(entries.count))"
    }

    static func describe(_ persist: Persist) -> String {
        var parts: [String] = []
        if let snapshot = persist.snapshot { parts.append("installs \(snapshot.mark) \(snapshot.configuration)") }
        if let hard = persist.hardState {
            parts.append("term \(hard.term) vote \(hard.vote?.description ?? "none") commit \(hard.commit)")
        }
        if let from = persist.truncateFrom { parts.append("drops from \(from)") }
        if !persist.entries.isEmpty { parts.append("adds " + describe(persist.entries)) }
        return parts.joined(separator: "; ")
    }

    static func describe(_ message: Message) -> String {
        "\(message.from)->\(message.to) t\(message.term) \(describe(message.body))"
    }

    static func describe(_ body: Message.Body) -> String {
        switch body {
        case .preVoteRequest(let request): "pre-vote? last \(request.last) commit \(request.commit)"
        case .preVote(let granted, let commit): "pre-vote \(granted ? "yes" : "no") commit \(commit)"
        case .voteRequest(let request):
            "vote? last \(request.last) commit \(request.commit)\(request.isTransfer ? " for transfer" : "")"
        case .vote(let granted, let commit): "vote \(granted ? "yes" : "no") commit \(commit)"
        case .append(let append):
            "append after \(append.previous)"
                + (append.entries.isEmpty ? "" : " [" + describe(append.entries) + "]") + " commit \(append.commit)"
        case .appendAccepted(let through): "accepted through \(through)"
        case .appendRejected(let rejection): "rejected after \(rejection.index), hint \(rejection.hint)"
        case .heartbeat(let commit, let round): "heartbeat commit \(commit) round \(round)"
        case .heartbeatAnswer(let round): "heartbeat answer round \(round)"
        case .superseded: "superseded"
        case .campaignNow: "campaign now"
        case .snapshot(let snapshot): "snapshot \(snapshot.mark) \(snapshot.configuration)"
        }
    }

    /// What a replica is, in a few words.
    static func describe(_ group: RaftGroup) -> String {
        switch group.status.role {
        case .leader: "leads term \(group.term)"
        case .candidate: "campaigns in term \(group.term)"
        case .preCandidate: "asks around in term \(group.term)"
        case .follower:
            if let leader = group.leaderID {
                "follows \(leader) in term \(group.term)"
            } else {
                "waits in term \(group.term)"
            }
        }
    }

    static func describe(_ follower: FollowerStatus) -> String {
        var text = "\(follower.id): match \(follower.match)"
        if follower.isLearner { text += " learner" }
        if follower.isLearner, follower.isCaughtUp { text += " caught-up" }
        if !follower.isActive { text += " silent" }
        if follower.needsSnapshot { text += " needs-snapshot" }
        return text
    }
}
