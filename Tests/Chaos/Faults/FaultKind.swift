/// What can be done to a cluster. The names are those of `--faults`.
package enum FaultKind: String, CaseIterable, Sendable {
    case kill
    case killLeader = "kill-leader"
    case killMinority = "kill-minority"
    case killMajority = "kill-majority"
    case killAll = "kill-all"
    case pause
    case pauseLeader = "pause-leader"
    case restart
    case rollingRestart = "rolling-restart"
    case addNode = "add-node"
    case removeNode = "remove-node"
    case wipeNode = "wipe-node"
    case cutOneWay = "cut-one-way"
    case cutTwoWays = "cut-two-ways"
    case isolate
    case isolateLeader = "isolate-leader"
    case volunteersDie = "volunteers-die"
    case lateSubmits = "late-submits"
    case strangers
    case liars
    case flood
    case damageLog = "damage-log"
    case damageShard = "damage-shard"
    case fullDisk = "full-disk"
    case writeError = "write-error"
    case slowDisk = "slow-disk"
    case stutter
    case clockJump = "clock-jump"
    case clockDrift = "clock-drift"
    case oldCertificate = "old-certificate"
    case rotateKeys = "rotate-keys"
    case delay
    case loss
    case reorder

    /// What the machine must permit for it.
    var need: Need? {
        switch self {
        case .cutOneWay, .cutTwoWays, .isolate, .isolateLeader, .delay, .loss, .reorder: .cuts
        case .fullDisk: .mounts
        case .slowDisk: .throttle
        case .clockJump, .clockDrift, .oldCertificate: .fakeClock
        default: nil
        }
    }

    /// Several at once, by one name.
    package static let families: [String: [FaultKind]] = [
        "cuts": [.cutOneWay, .cutTwoWays, .isolate, .isolateLeader],
        "volunteers": [.volunteersDie, .lateSubmits, .strangers, .liars, .flood],
        "disks": [.damageLog, .damageShard, .fullDisk, .writeError, .slowDisk],
        "clocks": [.clockJump, .clockDrift, .oldCertificate],
        "packets": [.delay, .loss, .reorder],
    ]

    /// Names separated by commas, of kinds and of families.
    ///
    /// - Throws: ``ChaosError/unknownFaults(_:)`` with every name that is none.
    package static func parse(_ list: String) throws(ChaosError) -> [FaultKind] {
        var kinds: [FaultKind] = []
        var unknown: [String] = []
        for name in list.split(separator: ",").map(String.init) {
            if let family = families[name] {
                kinds += family
            } else if let kind = FaultKind(rawValue: name) {
                kinds.append(kind)
            } else {
                unknown.append(name)
            }
        }
        guard unknown.isEmpty else { throw .unknownFaults(unknown) }
        return kinds
    }
}
