import Checks
import Coordinator
import HashRing

/// A run from a seed: volunteers and operators at work on a cluster to which something happens now and then; what must always
/// be true is checked throughout, and once more when all of it has come to rest.
package struct Scenario {
    package var nodes = 1
    package var volunteers = 6
    package var users = 400
    package var shards = 4
    /// Agreeing observations that make a verdict.
    package var redundancy = 1
    /// How long there is work to do and trouble.
    package var length = Duration.seconds(60)
    /// What kind of trouble.
    package var habits = Adversary.Habits()
    /// Changes of the cluster itself, meanwhile.
    package var changes: [NodeOperator.Task] = []
    package var pace = Pace()
    /// How long the cluster may take to serve again once everything is mended.
    package var recovery = Duration.seconds(30)
    /// How long what is left may take to come to an end.
    package var settling = Duration.seconds(300)
    /// How many of a volunteer's steps there are for each in which it unregisters.
    package var unregisterOneIn = 200
    /// What the cluster does wrong on purpose.
    package var faults: PlantedFaults = []
    /// Every message between nodes goes through its bytes.
    package var passesBytes = false

    /// Told what happens.
    package var trace: Trace?

    package init() {}

    /// What a run came to.
    package struct Result {
        package var violations: [String]
        package var tally: Tally
        package var entries: Int
        package var grants: Int
        package var reports: Int
        package var unfinished: Int
        package var steps: Int
        package var time: Duration
    }

    /// Runs it from `seed`.
    package func run(seed: UInt64) throws -> Result {
        let run = try ScenarioRun(self, seed: seed)
        try run.prepare()
        try run.work()
        try run.settle()
        return try run.result()
    }
}

extension SecretHash {
    /// A secret's hash for simulated callers.
    package static func simulated(_ byte: UInt8) -> SecretHash {
        guard let hash = SecretHash([UInt8](repeating: byte, count: 32)) else {
            preconditionFailure("32 bytes make a hash")
        }
        return hash
    }
}
