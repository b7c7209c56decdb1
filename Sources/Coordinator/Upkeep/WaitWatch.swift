import Checks
import Consensus
import HashRing

/// Looks once a minute whether a task has waited longer than its service promises (N8), and raises an alarm for each
/// service of which one has. Done by whoever leads the registry; reads only, so an idle cluster writes nothing.
struct WaitWatch: Conversation {
    let term: Term
    private var services: [Service] = []
    private var oldest: [Timestamp?] = []
    private var outstanding = 0

    init(term: Term) { self.term = term }

    var delivery: DeliveryOutcome { .notApplied }

    mutating func advance(_ event: Event, in node: inout NodeState) -> Progress {
        switch event {
        case .begin: node.wake(at: node.now.monotonic + Limits.waitWatch)
        case .due:
            guard node.isInOffice(.registry, term: term) else { return .finished }
            node.wake(at: node.now.monotonic + Limits.waitWatch)
            if outstanding == 0 { look(in: &node) }
        case .answer(let service, let result):
            outstanding -= 1
            if case .success(.counts(let counts)) = result, let waiting = counts.oldestWaiting {
                oldest[service] = min(oldest[service] ?? waiting, waiting)
            }
            if outstanding == 0 { judge(in: &node) }
        default: break
        }
        return .goesOn
    }

    private mutating func look(in node: inout NodeState) {
        services = node.registry.services.filter { $0.state == .active }
        oldest = services.map { _ in nil }
        for (position, service) in services.enumerated() {
            for shard in node.shards {
                outstanding += 1
                node.ask(.counts(service.name), of: shard, step: position)
            }
        }
    }

    private func judge(in node: inout NodeState) {
        for (service, waiting) in zip(services, oldest) {
            guard let waiting, waiting.adding(seconds: service.settings.maxWaitSeconds) < node.now.wall else {
                continue
            }
            node.raise(.waitExceeded(service.name, oldest: waiting))
        }
    }
}
