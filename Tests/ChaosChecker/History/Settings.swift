/// What the checker must know of the service under test.
package struct Settings: Codable, Sendable {
    /// From its deadline to the moment at which a lease may be taken away, in seconds.
    package var graceSeconds: Double
    /// How far two nodes' clocks may be apart before one of them stops stamping (500 ms), in seconds.
    package var clockSlackSeconds: Double
    /// How long after its client has given up, and all faults of its time are healed, a call may still take effect, in seconds: a
    /// node's own deadline (10), and as long as a call took that arrived just then (10), and that much again for a busy machine.
    package var unknownEffectSeconds: Double
    /// How many shards there are, and how many replicas of each: so many must say at the end what they hold.
    package var shards: Int
    package var replicas: Int

    package init(
        graceSeconds: Double, clockSlackSeconds: Double = 0.5, unknownEffectSeconds: Double = 30, shards: Int = 16,
        replicas: Int = 3
    ) {
        self.graceSeconds = graceSeconds
        self.clockSlackSeconds = clockSlackSeconds
        self.unknownEffectSeconds = unknownEffectSeconds
        self.shards = shards
        self.replicas = replicas
    }

    /// Runs of older programs have not said everything.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(graceSeconds: try container.decode(Double.self, forKey: .graceSeconds))
        clockSlackSeconds = try container.decodeIfPresent(Double.self, forKey: .clockSlackSeconds) ?? clockSlackSeconds
        unknownEffectSeconds =
            try container.decodeIfPresent(Double.self, forKey: .unknownEffectSeconds) ?? unknownEffectSeconds
        shards = try container.decodeIfPresent(Int.self, forKey: .shards) ?? shards
        replicas = try container.decodeIfPresent(Int.self, forKey: .replicas) ?? replicas
    }
}
