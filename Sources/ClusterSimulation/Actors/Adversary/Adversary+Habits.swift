extension Adversary {
    /// What it does, each kind as often as its weight says, and how often it does anything.
    package struct Habits: Sendable {
        /// Milliseconds between two misfortunes.
        package var pause = 300...4_000
        package var crash = 0
        package var crashOfMajority = 0
        package var crashOfAll = 0
        package var standstill = 0
        package var stutter = 0
        package var partition = 0
        package var delay = 0
        package var stall = 0
        package var refusal = 0
        package var datagramLoss = 0
        package var datagramDisorder = 0
        package var slowDisk = 0
        package var fullDisk = 0
        package var writeError = 0
        package var damage = 0
        package var clockJump = 0
        package var clockDrift = 0
        package var misconduct = 0
        package var flood = 0
        /// What happens to the node that leads most groups, by choice and not by chance.
        package var crashOfLeader = 0
        package var standstillOfLeader = 0
        package var isolationOfLeader = 0

        package init() {}

        var weights: [(misfortune: Misfortune, weight: Int)] {
            [
                (.crash, crash), (.crashOfMajority, crashOfMajority), (.crashOfAll, crashOfAll),
                (.standstill, standstill), (.partition, partition), (.slowDisk, slowDisk), (.clockJump, clockJump),
                (.datagramLoss, datagramLoss), (.stutter, stutter), (.delay, delay), (.stall, stall),
                (.refusal, refusal), (.datagramDisorder, datagramDisorder), (.fullDisk, fullDisk),
                (.writeError, writeError), (.damage, damage), (.clockDrift, clockDrift), (.misconduct, misconduct),
                (.flood, flood), (.crashOfLeader, crashOfLeader), (.standstillOfLeader, standstillOfLeader),
                (.isolationOfLeader, isolationOfLeader),
            ]
        }
    }

    /// Which of the kinds of ``Habits``.
    enum Misfortune {
        case crash, crashOfMajority, crashOfAll, standstill, stutter
        case partition, delay, stall, refusal, datagramLoss, datagramDisorder
        case slowDisk, fullDisk, writeError, damage
        case clockJump, clockDrift
        case misconduct, flood
        case crashOfLeader, standstillOfLeader, isolationOfLeader
    }
}
