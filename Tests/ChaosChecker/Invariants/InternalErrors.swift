/// Whatever is done to a cluster, no node answers that it does not know what happened to itself, or what nobody can read.
enum InternalErrors {
    static func check(_ calls: [Call]) -> [Violation] {
        calls.filter { $0.status == 500 || $0.malformed != nil }.map { call in
            Violation(
                .run,
                "\(call.kind.rawValue) of \(call.actor) was answered \(call.status ?? 0) by \(call.node) at \(stamp(call.end)): "
                    + (call.malformed ?? call.detail ?? ""))
        }
    }
}
