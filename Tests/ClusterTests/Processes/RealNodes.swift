import Testing

/// Everything that is shown on clusters of real processes: one cluster after the other, so that none takes the machine from
/// the next.
@Suite("Real nodes", .serialized)
enum RealNodes {}
