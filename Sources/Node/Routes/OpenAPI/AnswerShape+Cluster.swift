extension AnswerShape {
    static let cluster = AnswerShape(
        "Cluster", note: "underReplicated: shards of which a voter does not answer",
        [
            .always("id", .text), .always("version", .count), .always("stateVersion", .count),
            .always("members", .list(.shape(member))), .always("shards", .list(.shape(shard))),
            .always("ring", .shape(AnswerShape("Ring", [.always("version", .count)]))), .always("balanced", .flag),
            .always("healthy", .flag), .always("underReplicated", .count),
        ])

    private static let member = AnswerShape(
        "Member",
        [
            .always("name", .text), .always("id", .text), .always("http", .text), .always("peer", .text),
            .always("state", .words(["joining", "active", "draining", "lost"])),
            .always("health", .words(["alive", "suspect", "dead"])), .always("zone", .text),
            .always("weight", .count), .always("shards", .count), .always("leaders", .count),
            .always("clockOffsetSeconds", .number),
        ])

    private static let shard = AnswerShape(
        "Shard", note: "target: the nodes that the ring wants it on",
        [
            .always("id", .text), .always("leader", .orNull(.text)), .always("term", .count),
            .always("replicas", .list(.shape(replica))), .always("target", .list(.text)),
            .sometimes("move", .shape(move)),
        ])

    private static let move = AnswerShape(
        "Move", note: "percent: while copying",
        [
            .sometimes("to", .text),
            .always("stage", .words(["adding", "copying", "joint", "leading", "removing", "waiting"])),
            .sometimes("percent", .count),
        ])

    private static let replica = AnswerShape(
        "Replica", note: "applied: index of the last entry applied; digest: of its contents, where it was asked for",
        [
            .always("node", .text), .always("role", .words(["voter", "learner"])), .always("applied", .count),
            .sometimes("digest", .text),
        ])

    static let nodeOrder = AnswerShape("NodeOrder", [.always("name", .text)])

    static let shardOrder = AnswerShape("ShardOrder", [.always("id", .text), .always("to", .text)])

    static let joinToken = AnswerShape("JoinToken", [.always("token", .text), .always("expiresAt", .time)])
}
