/// Whatever is done to a cluster, no node answers that it does not know what happened to itself.
enum InternalErrors {
    static func check(_ calls: [Call]) -> [Violation] {
        calls.filter { $0.status == 500 }.map { call in
            Violation(
                .run,
                "\(call.kind.rawValue) of \(call.actor) was answered 500 by \(call.node) at \(stamp(call.end)): "
                    + (call.detail ?? ""))
        }
    }
}
