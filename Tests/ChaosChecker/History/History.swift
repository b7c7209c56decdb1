import Foundation

/// Everything that is known of a run.
package struct History: Codable, Sendable {
    package var seed: UInt64
    package var settings: Settings
    package var calls: [Call]
    package var faults: [FaultRecord]
    package var final: FinalState
    /// What the run itself saw go wrong: a node that ended by itself, one that did not come back.
    package var incidents: [String]

    package init(
        seed: UInt64 = 0, settings: Settings, calls: [Call] = [], faults: [FaultRecord] = [],
        final: FinalState = FinalState(), incidents: [String] = []
    ) {
        self.seed = seed
        self.settings = settings
        self.calls = calls
        self.faults = faults
        self.final = final
        self.incidents = incidents
    }
}
