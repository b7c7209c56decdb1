/// How much happened in simulated runs: a simulation in which nothing happens finds nothing.
struct SimulationTally: Sendable {
    var runs = 0
    var steps = 0
    var messages = 0
    var elections = 0
    var committed = 0
    var committedBeforeHealing = 0
    var acknowledged = 0
    var reads = 0
    var crashes = 0
    var changes = 0
    var snapshots = 0

    mutating func note(_ simulation: Simulation) {
        runs = 1
        steps = simulation.steps
        committed = simulation.oracle.committed.count
    }

    static func += (left: inout SimulationTally, right: SimulationTally) {
        left.runs += right.runs
        left.steps += right.steps
        left.messages += right.messages
        left.elections += right.elections
        left.committed += right.committed
        left.committedBeforeHealing += right.committedBeforeHealing
        left.acknowledged += right.acknowledged
        left.reads += right.reads
        left.crashes += right.crashes
        left.changes += right.changes
        left.snapshots += right.snapshots
    }
}
