/// I8: replicas at one index have the same contents.
enum Digests {
    static func check(_ final: FinalState) -> [Violation] {
        var found: [Violation] = []
        for (shard, replicas) in final.shards.sorted(by: { $0.key < $1.key }) {
            let silent = replicas.filter { $0.digest == nil }.map(\.node)
            if !silent.isEmpty {
                found.append(Violation(.i8, "shard \(shard): no digest of \(silent.joined(separator: ", "))"))
            }
            if Set(replicas.compactMap(\.digest)).count > 1 {
                let shown = replicas.map { "\($0.node) \($0.digest?.prefix(12) ?? "-")" }.joined(separator: ", ")
                found.append(Violation(.i8, "shard \(shard): \(shown)"))
            }
        }
        return found
    }
}
