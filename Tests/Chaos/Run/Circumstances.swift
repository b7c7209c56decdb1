import ChaosChecker

/// What the checker must know of a run beside its calls, its faults and its final state.
struct Circumstances: Codable {
    var seed: UInt64
    var settings: Settings
    var incidents: [String]

    init(seed: UInt64, settings: Settings = Self.settings, incidents: [String] = []) {
        self.seed = seed
        self.settings = settings
        self.incidents = incidents
    }

    /// Those of every run, as ``Limits`` has them.
    static let settings = Settings(graceSeconds: Double(Limits.graceSeconds))
}
