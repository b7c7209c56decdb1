/// I8: replicas at one index have the same contents; and at rest each shard has all of its replicas, at one index.
enum Digests {
    static func check(_ history: History) -> [Violation] {
        let shards = history.final.shards
        var found: [Violation] = []
        if shards.count != history.settings.shards {
            found.append(
                Violation(.i8, "\(shards.count) of \(history.settings.shards) shards have said what they hold"))
        }
        for (shard, replicas) in shards.sorted(by: { $0.key < $1.key }) {
            if replicas.count < history.settings.replicas {
                found.append(Violation(.i8, "shard \(shard) has \(replicas.count) replicas"))
            }
            let silent = replicas.filter { $0.digest == nil }.map(\.node)
            if !silent.isEmpty {
                found.append(Violation(.i8, "shard \(shard): no digest of \(silent.joined(separator: ", "))"))
            }
            if let text = difference(between: replicas.filter { $0.digest != nil }) {
                found.append(Violation(.i8, "shard \(shard): \(text)"))
            }
        }
        return found
    }

    private static func difference(between replicas: [FinalState.Replica]) -> String? {
        let indices = Dictionary(grouping: replicas, by: \.index)
        let differ = indices.values.contains { Set($0.map(\.digest)).count > 1 }
        // Where nothing happens any more everyone has applied everything. Older nodes do not say what.
        let isApart = Set(replicas.compactMap(\.index)).count > 1
        guard differ || isApart else { return nil }
        let shown = replicas.map { "\($0.node) \($0.digest?.prefix(12) ?? "-")\($0.index.map { " at \($0)" } ?? "")" }
        return "\(differ ? "" : "not at one index, ")\(shown.joined(separator: ", "))"
    }
}
