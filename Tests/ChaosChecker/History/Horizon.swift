/// Until when a call may still take effect of which nobody knows whether it has.
///
/// A call whose client has given up may lie in the socket of a node that is stopped, or in the log of a leader that has lost its
/// majority. Nothing brings it forward once the faults of its time are healed and a node's own deadline has passed.
struct Horizon {
    private let seconds: Double
    private let faults: [FaultRecord]

    init(_ history: History) {
        seconds = history.settings.unknownEffectSeconds
        faults = history.faults
    }

    /// When its effect has happened at the latest, if it ever does.
    func latestEffect(of call: Call) -> Double {
        guard call.outcome == .unknown else { return call.end }
        let healed = faults.filter { $0.start <= call.end && $0.end >= call.start }.map(\.end).max()
        return max(call.end, healed ?? call.end) + seconds
    }
}
