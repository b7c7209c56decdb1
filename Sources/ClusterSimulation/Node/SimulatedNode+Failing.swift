import Coordinator

extension SimulatedNode {
    /// Whether the disk refuses a write now.
    func writeFails() -> Bool {
        switch trouble {
        case nil: false
        case .full: cluster.random.oneIn(3)
        case .failing: true
        }
    }

    /// A write failed: nobody knows what the disk holds, so the process says so and ends, and never tries again.
    func endUnwritten(_ file: String) {
        cluster.tally.failedWrites += 1
        cluster.onEvent("\(identity.name) cannot write \(file)")
        crash()
    }

    /// Whether it comes as far as its first write: each start is counted on the disk.
    func writesAtStart() -> Bool {
        guard trouble != nil, cluster.random.oneIn(2) else { return true }
        cluster.tally.failedWrites += 1
        cluster.onEvent("\(identity.name) cannot write, and does not start")
        return false
    }

    /// It does not start with what is on its disk, says which file is bad, and leaves everything as it is.
    func refuse(_ reason: String) {
        refusal = reason
        cluster.tally.refusals += 1
        cluster.onEvent("\(identity.name) does not start: \(reason)")
    }
}
