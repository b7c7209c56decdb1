import Checks
import Coordinator

/// Looks users up at any node, several at a time: what was acknowledged before it asks, it must see.
final class Reader: SimulatedActor {
    private let caller: Caller
    private let boss: Operator
    private let findings: Findings
    private var asked: [RequestID: (name: ScreenName, certainty: Operator.Certainty)] = [:]
    /// Does nothing any more.
    var isResting = false

    init(caller: Caller, boss: Operator, findings: Findings) {
        self.caller = caller
        self.boss = boss
        self.findings = findings
    }

    func act(as number: Int, in cluster: SimulatedCluster) {
        defer { cluster.wake(number, after: cluster.draw(20...250)) }
        guard !isResting, asked.count < 8, let name = boss.known.randomElement(using: &cluster.random),
            let certainty = boss.certainty(of: name)
        else { return }
        if let id = cluster.submit(.user(caller, name, asOf: nil), by: number) { asked[id] = (name, certainty) }
    }

    func answered(
        _ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {
        guard let (name, certainty) = asked.removeValue(forKey: id), boss.certainty(of: name) == certainty else {
            return
        }
        switch answer {
        case .success where !certainty.isThere:
            findings.report("I5: \(name) was deleted, and was shown to one who asked later")
        case .failure(.notFound) where certainty.isThere:
            findings.report("I2: \(name) was added, and was not shown to one who asked later")
        default: break
        }
    }

    func lost(_ id: RequestID, as number: Int, in cluster: SimulatedCluster) { asked[id] = nil }
}
