import Checks
import HashRing

/// Which users there are, by what was committed: who was added is there (I2), who was deleted is not (I5).
struct UserBook {
    private let findings: Findings
    private var present: Set<ScreenName> = []

    init(_ findings: Findings) { self.findings = findings }

    mutating func take(_ entry: AppliedEntry) {
        switch (entry.command, entry.outcome) {
        case (.addUsers(let references, _), .added(let tally)):
            let new = Set(references.map(\.screenName)).subtracting(present)
            if tally.added < new.count {
                findings.report("I5: \(new.count - tally.added) deleted users were there when they were added again")
            } else if tally.added > new.count {
                findings.report("I2: \(tally.added - new.count) users that had been added were not there")
            }
            present.formUnion(new)
        case (.deleteUser(let name), .done):
            if present.remove(name) == nil {
                findings.report("I5: \(name) was there when it was deleted, and nobody had added it")
            }
        case (.deleteUser(let name), .refused(.unknownUser)):
            if present.contains(name) { findings.report("I2: \(name) was added, and is not there to be deleted") }
        default: break
        }
    }
}
