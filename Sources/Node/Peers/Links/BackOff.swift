/// How long to wait before a peer is dialled again: doubling from 50 ms to a second, each wait shortened by up to half at
/// random, so that nodes that lost the same peer do not come back to it together.
struct BackOff: Sendable {
    static let first = Duration.milliseconds(50)
    static let longest = Duration.seconds(1)

    private var next = first

    /// The wait before the next attempt.
    mutating func wait(using random: inout some RandomNumberGenerator) -> Duration {
        let full = next
        next = min(next * 2, Self.longest)
        return full * Double.random(in: 0.5...1, using: &random)
    }

    /// A link was up: the next failure is a new one.
    mutating func reset() { self = BackOff() }
}
