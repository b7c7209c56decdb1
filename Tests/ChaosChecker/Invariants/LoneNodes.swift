/// A node that is cut off from the majority grants nothing and stores nothing: whatever it acknowledged, the others would not know.
enum LoneNodes {
    static func check(_ history: History) -> [Violation] {
        history.faults.compactMap(\.isolation).flatMap { isolation in
            history.calls.filter { $0.isWrite && $0.outcome == .done && isolation.holds($0) }.map { call in
                Violation(
                    .lone,
                    "\(call.kind.rawValue) of \(call.actor) at \(stamp(call.start)) was acknowledged by \(call.node), which was cut "
                        + "off from \(stamp(isolation.from)) to \(stamp(isolation.to))")
            }
        }
    }
}
