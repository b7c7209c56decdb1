/// Counts since a member began.
public struct Tally: Hashable, Sendable {
    /// Probes started, second opinions included.
    public internal(set) var probes = 0
    /// Probes that nobody answered.
    public internal(set) var failedProbes = 0
    /// Pings sent for others.
    public internal(set) var relayedPings = 0
    /// Members declared dead by this member's own clock.
    public internal(set) var declaredDead = 0
    /// Times that this member had to say that it is alive.
    public internal(set) var refutations = 0
    /// Times that this member found that it had stood still.
    public internal(set) var stalls = 0
    /// Full states sent.
    public internal(set) var statesSent = 0
    /// Newcomers that were not taken in because the view is full.
    public internal(set) var refusedMembers = 0
}
