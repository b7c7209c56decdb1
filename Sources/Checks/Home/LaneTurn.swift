/// Whose turn it is while both lanes wait: of any four successive grants three are urgent, the first among them (N5).
struct LaneTurn: Hashable {
    /// Grants since both lanes began to wait, modulo ``period``.
    private(set) var turn = 0

    private static let period = 4

    init(turn: Int = 0) { self.turn = turn % Self.period }

    /// The lane of the next slot; `nil` when neither waits.
    mutating func next(urgentWaits: Bool, normalWaits: Bool) -> Lane? {
        switch (urgentWaits, normalWaits) {
        case (true, true):
            defer { turn = (turn + 1) % Self.period }
            return turn < Self.period - 1 ? .urgent : .normal
        case (true, false):
            turn = 0
            return .urgent
        case (false, true):
            turn = 0
            return .normal
        case (false, false): return nil
        }
    }
}
