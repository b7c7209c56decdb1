/// What the checker must know of the service under test.
package struct Settings: Codable, Sendable {
    /// From its deadline to the moment at which a lease may be taken away, in seconds.
    package var graceSeconds: Double
    /// How far two nodes' clocks may be apart before one of them stops stamping (500 ms), in seconds.
    package var clockSlackSeconds: Double

    package init(graceSeconds: Double, clockSlackSeconds: Double = 0.5) {
        self.graceSeconds = graceSeconds
        self.clockSlackSeconds = clockSlackSeconds
    }
}
