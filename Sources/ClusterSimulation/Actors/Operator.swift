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
    private let auditor: Auditor
    /// Users whose addition was acknowledged and that nobody asked to delete since.
    package private(set) var present: Set<ScreenName> = []
    /// Users whose deletion was acknowledged and that nobody added since.
    package private(set) var absent: Set<ScreenName> = []
    /// Users that somebody asked to delete, ever.
    package private(set) var everDeleted: Set<ScreenName> = []
    private var known: [ScreenName] = []
    private var doubtful: Set<ScreenName> = []
    private var asked: [RequestID: Asked] = [:]
    private var early: [RequestID: Result<Response, Refusal>] = [:]
    private var retry: Asked?
    private var added = 0
    private let limit: Int
    /// Does nothing any more.
    package var isResting = false

    /// `limit`: users to add in all.
    package init(caller: Caller, limit: Int, auditor: Auditor) {
        self.caller = caller
        self.limit = limit
        self.auditor = auditor
    }

    package func act(as number: Int, in node: SimulatedNode) {
        defer { node.wake(number, after: .milliseconds(Int.random(in: 50...600, using: &node.random))) }
        guard asked.isEmpty else { return }
        if let retry {
            self.retry = nil
            return send(retry, as: number, in: node)
        }
        guard !isResting else { return }
        if added < limit, !node.random.oneIn(3) {
            return send(.add(batch(in: node), marked: true), as: number, in: node)
        }
        guard let name = known.randomElement(using: &node.random) else { return }
        switch Int.random(in: 0..<4, using: &node.random) {
        case 0: send(.delete(name), as: number, in: node)
        case 1: send(.recheck, as: number, in: node)
        default: send(.read, as: number, in: node)
        }
    }

    private func batch(in node: SimulatedNode) -> [ScreenName] {
        let count = Int.random(in: 1...60, using: &node.random)
        var names = (0..<count).compactMap { ScreenName("user\(added + $0)") }
        added += count
        known += names
        if let again = known.randomElement(using: &node.random) { names.append(again) }
        return names
    }

    private func send(_ what: Asked, as number: Int, in node: SimulatedNode) {
        let request: Request
        switch what {
        case .add(let names, _):
            for name in names { doubtful.insert(name) }
            let lane: Lane = node.random.oneIn(4) ? .urgent : .normal
            request = .addUsers(
                caller, names.map { UserReference(screenName: $0) }, mark: Marking(service: .dmcheck, lane: lane))
        case .delete(let name):
            doubtful.insert(name)
            everDeleted.insert(name)
            request = .deleteUser(caller, name)
        case .recheck:
            let names = (0..<5).compactMap { _ in known.randomElement(using: &node.random) }
            request = .recheck(caller, names, Marking(service: .dmcheck, lane: .normal))
        case .read: request = .counts(caller, .dmcheck)
        }
        guard let id = node.submit(request, by: number) else {
            retry = what
            return
        }
        if let answer = early.removeValue(forKey: id) { take(answer, to: what) } else { asked[id] = what }
    }

    package func answered(
        _ request: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in node: SimulatedNode
    ) {
        guard let what = asked.removeValue(forKey: request) else {
            early[request] = answer
            return
        }
        take(answer, to: what)
    }

    package func lost(_ request: RequestID, as number: Int, in node: SimulatedNode) {
        if let what = asked.removeValue(forKey: request) { retry = what }
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
        case (_, .failure(.internalError(let detail))): auditor.report("internal error: \(detail)")
        case (_, .failure(.timeout)), (_, .failure(.unavailable)): retry = what
        case (_, .failure(let refusal)): auditor.report("the operator was refused: \(refusal)")
        default: break
        }
    }

    /// I2 and I5: what was acknowledged is so.
    package func audit(_ node: SimulatedNode) throws {
        for name in present.subtracting(doubtful).sorted() where try node.user(name) == nil {
            auditor.report("I2: \(name) was acknowledged as added and is not there")
        }
        for name in absent.subtracting(doubtful).sorted() where try node.user(name) != nil {
            auditor.report("I5: \(name) was acknowledged as deleted and is there")
        }
    }
}
