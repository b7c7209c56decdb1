extension Configuration {
    /// Whether those for whom `agrees` holds are a majority of each half.
    package func hasQuorum(_ agrees: (ReplicaID) -> Bool) -> Bool {
        Self.majority(of: voters, agrees) && (outgoing.isEmpty || Self.majority(of: outgoing, agrees))
    }

    /// How many make a majority of `count`.
    package static func majority(of count: Int) -> Int { count / 2 + 1 }

    private static func majority(of half: [ReplicaID], _ agrees: (ReplicaID) -> Bool) -> Bool {
        var agreeing = 0
        for id in half where agrees(id) { agreeing += 1 }
        return agreeing >= majority(of: half.count)
    }
}
