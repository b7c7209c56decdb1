import Checks
import Coordinator
import HashRing

/// An operator that adds users (some of them again), marks, deletes and rechecks a few, and remembers what was
/// acknowledged.
package final class Operator: SimulatedActor {
    private enum Asked {
        case add([ScreenName], marked: Bool)
        case delete(ScreenName)
        case recheck
        case read
    }

    package let caller: Caller
    private let findings: Findings
    /// Users whose addition was acknowledged and that nobody asked to delete since.
    package private(set) var present: Set<ScreenName> = []
    /// Users whose deletion was acknowledged and that nobody added since.
    package private(set) var absent: Set<ScreenName> = []
    /// Users that somebody asked to delete, ever.
    package private(set) var everDeleted: Set<ScreenName> = []
    private(set) var known: [ScreenName] = []
    /// How often somebody asked for something that changes whether the user is there.
    private var changes: [ScreenName: Int] = [:]
    private var doubtful: Set<ScreenName> = []
    /// Users that somebody asked to add, and nobody knows how often and how late that was done.
    private var lateAdditions: Set<ScreenName> = []
    /// Likewise, to delete.
    private var lateDeletions: Set<ScreenName> = []
    private var asked: [RequestID: Asked] = [:]
    private var retry: Asked?
    private var added = 0
    private let limit: Int
    /// Does nothing any more.
    package var isResting = false

    /// `limit`: users to add in all.
    package init(caller: Caller, limit: Int, findings: Findings) {
        self.caller = caller
        self.limit = limit
        self.findings = findings
    }

    package func act(as number: Int, in cluster: SimulatedCluster) {
        defer { cluster.wake(number, after: .milliseconds(Int.random(in: 50...600, using: &cluster.random))) }
        guard asked.isEmpty else { return }
        if let retry {
            self.retry = nil
            return send(retry, as: number, in: cluster)
        }
        guard !isResting else { return }
        if added < limit, !cluster.random.oneIn(3) {
            return send(.add(batch(in: cluster), marked: true), as: number, in: cluster)
        }
        guard let name = known.randomElement(using: &cluster.random) else { return }
        switch Int.random(in: 0..<4, using: &cluster.random) {
        case 0: send(.delete(name), as: number, in: cluster)
        case 1: send(.recheck, as: number, in: cluster)
        default: send(.read, as: number, in: cluster)
        }
    }

    private func batch(in cluster: SimulatedCluster) -> [ScreenName] {
        let count = Int.random(in: 1...60, using: &cluster.random)
        var names = (0..<count).compactMap { ScreenName("user\(added + $0)") }
        added += count
        known += names
        if let again = known.randomElement(using: &cluster.random) { names.append(again) }
        return names
    }

    private func send(_ what: Asked, as number: Int, in cluster: SimulatedCluster) {
        let request: Request
        switch what {
        case .add(let names, _):
            for name in names { noteChange(of: name) }
            let lane: Lane = cluster.random.oneIn(4) ? .urgent : .normal
            request = .addUsers(
                caller, names.map { UserReference(screenName: $0) }, mark: Marking(service: .dmcheck, lane: lane))
        case .delete(let name):
            noteChange(of: name)
            everDeleted.insert(name)
            request = .deleteUser(caller, name)
        case .recheck:
            let names = (0..<5).compactMap { _ in known.randomElement(using: &cluster.random) }
            request = .recheck(caller, names, Marking(service: .dmcheck, lane: .normal))
        case .read: request = .counts(caller, .dmcheck)
        }
        if let id = cluster.submit(request, by: number) { asked[id] = what } else { retry = what }
    }

    package func answered(
        _ request: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {
        guard let what = asked.removeValue(forKey: request) else { return }
        if cluster.wasHandedInAgain(request) { mayBeDoneLate(what) }
        take(answer, to: what)
    }

    package func lost(_ request: RequestID, as number: Int, in cluster: SimulatedCluster) {
        guard let what = asked.removeValue(forKey: request) else { return }
        mayBeDoneLate(what)
        retry = what
    }

    private func take(_ answer: Result<Response, Refusal>, to what: Asked) {
        switch (what, answer) {
        case (.add(let names, _), .success):
            for name in names {
                present.insert(name)
                absent.remove(name)
                doubtful.remove(name)
            }
        case (.delete(let name), .success), (.delete(let name), .failure(.notFound)):
            present.remove(name)
            absent.insert(name)
            doubtful.remove(name)
        case (_, .failure(.internalError(let detail))): findings.report("internal error: \(detail)")
        case (_, .failure(.timeout(let outcome))), (_, .failure(.unavailable(let outcome, _))):
            if outcome == .unknown { mayBeDoneLate(what) }
            retry = what
        case (_, .failure(let refusal)): findings.report("the operator was refused: \(refusal)")
        default: break
        }
    }

    private func noteChange(of name: ScreenName) {
        doubtful.insert(name)
        changes[name, default: 0] += 1
    }

    /// What is certain of a user as long as nobody asks for a change.
    struct Certainty: Equatable {
        var isThere: Bool
        fileprivate var changes: Int
    }

    /// `nil`: nobody knows.
    func certainty(of name: ScreenName) -> Certainty? {
        let isThere = present.contains(name)
        guard isThere || absent.contains(name), !doubtful.contains(name), !lateAdditions.contains(name),
            !lateDeletions.contains(name)
        else { return nil }
        return Certainty(isThere: isThere, changes: changes[name] ?? 0)
    }

    /// A call that was handed in more than once, or lost: what is left of it may be carried out at any later time.
    private func mayBeDoneLate(_ what: Asked) {
        switch what {
        case .add(let names, _): lateAdditions.formUnion(names)
        case .delete(let name): lateDeletions.insert(name)
        case .recheck, .read: break
        }
    }

    /// I2 and I5: what was acknowledged is so.
    package func audit(_ cluster: SimulatedCluster) throws {
        for name in present.subtracting(doubtful).subtracting(lateDeletions).sorted()
        where try cluster.user(name) == nil {
            findings.report("I2: \(name) was acknowledged as added and is not there")
        }
        for name in absent.subtracting(doubtful).subtracting(lateAdditions).sorted()
        where try cluster.user(name) != nil {
            findings.report("I5: \(name) was acknowledged as deleted and is there")
        }
    }
}
