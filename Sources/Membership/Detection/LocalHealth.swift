/// How much a member mistrusts itself (Lifeguard, IV-A): 0 is well, and every probe takes `score + 1` times as long.
struct LocalHealth {
    /// 0 ..< ``Parameters/healthCeiling``.
    private(set) var score = 0

    /// What can be learnt about oneself.
    enum Evidence {
        case probeSucceeded
        /// A probe failed, and of the relays that were asked this many were silent as well.
        case probeFailed(silentRelays: Int)
        /// A probe failed and there was nobody to ask.
        case probeFailedAlone
        /// Somebody suspected this member, which is alive.
        case refuted
        /// An input came so late that this member must have stood still.
        case stalled
    }

    mutating func learn(_ evidence: Evidence) {
        switch evidence {
        case .probeSucceeded: adjust(by: -1)
        case .probeFailed(let silentRelays): adjust(by: silentRelays)
        case .probeFailedAlone, .refuted, .stalled: adjust(by: 1)
        }
    }

    /// A duration as this member should take it.
    func scale(_ duration: Duration) -> Duration { score == 0 ? duration : duration * (score + 1) }

    private mutating func adjust(by delta: Int) {
        score = min(max(score + delta, 0), Parameters.healthCeiling - 1)
    }
}
