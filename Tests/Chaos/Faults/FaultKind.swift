/// What can be done to a cluster. The names are those of `--faults`.
enum FaultKind: String, CaseIterable, Sendable {
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

    var isCut: Bool { [.cutOneWay, .cutTwoWays, .isolate, .isolateLeader].contains(self) }

    /// Names separated by commas; `cuts` stands for every cut.
    static func parse(_ list: String) throws(ChaosError) -> [FaultKind] {
        var kinds: [FaultKind] = []
        var unknown: [String] = []
        for name in list.split(separator: ",").map(String.init) {
            if name == "cuts" {
                kinds += allCases.filter(\.isCut)
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
