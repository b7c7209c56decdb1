import Checks
import Coordinator
import HashRing

/// An operator who changes the cluster itself: adds nodes, removes them, restarts them, and puts new ones in the place of
/// those whose disks are lost. One thing at a time, each until the cluster is balanced again.
package final class NodeOperator: SimulatedActor {
    /// Something to do.
    package enum Task: Sendable {
        case add
        /// Any node, while it runs.
        case remove
        /// Any node loses its disk; a new one comes, and the lost one is removed.
        case replace
        /// SIGTERM, and started again.
        case restart
        /// The same with each that runs now, one after the other.
        case restartAll
        case restartNode(Int)
        /// Any node is off from now on, with its disk as it is.
        case switchOff
        /// It comes back.
        case switchOn
        /// A node that was there from the beginning, and is not the one that is off.
        case removeOldest
    }

    enum Step {
        case idle
        case makingToken(NewNode)
        case joining(NewNode, secret: [UInt8])
        case removing(SimulatedNode)
        case awaitingRemoval(SimulatedNode)
        case awaitingBalance
        case draining(SimulatedNode, until: Duration)
    }

    /// A node that is to come, and the one whose place it takes.
    struct NewNode {
        var node: SimulatedNode
        var replaces: SimulatedNode?
    }

    package let caller: Caller
    let findings: Findings
    /// What is still to be done.
    package var tasks: [Task]
    private(set) var step = Step.idle
    private var asked: RequestID?
    private var names = 1
    /// The node that is off.
    private var away: SimulatedNode?
    /// What the last look at the cluster showed.
    package private(set) var view: ClusterView?

    package init(caller: Caller, tasks: [Task], findings: Findings) {
        self.caller = caller
        self.tasks = tasks
        self.findings = findings
    }

    /// Whether nothing is left to do and the cluster was balanced after the last of it.
    package var isDone: Bool {
        isIdle && tasks.isEmpty
    }

    /// Whether it has nothing under way, so that a member may be lost.
    var isIdle: Bool {
        if case .idle = step { true } else { false }
    }

    package func act(as number: Int, in cluster: SimulatedCluster) throws {
        defer { cluster.wake(number, after: cluster.draw(100...800)) }
        guard asked == nil else { return }
        switch step {
        case .idle: begin(in: cluster)
        case .draining(let node, let end): finishRestart(of: node, by: end, in: cluster)
        default: break
        }
        guard let request = request else { return }
        asked = cluster.submit(request, at: entry(in: cluster), by: number)
    }

    /// Not a node that is only just coming, and not the one that goes.
    private func entry(in cluster: SimulatedCluster) -> SimulatedNode? {
        let candidates = cluster.endpoints.filter { node in
            switch step {
            case .makingToken(let new), .joining(let new, _): node !== new.node
            case .removing(let other), .awaitingRemoval(let other): node !== other
            default: true
            }
        }
        return candidates.randomElement(using: &cluster.random)
    }

    private var request: Request? {
        switch step {
        case .idle, .draining: nil
        case .makingToken: .createJoinToken(caller, uses: 1, expiresInSeconds: 3600)
        case .joining(let new, let secret): .join(new.node.newcomer(tokenDigest: new.node.identity.digest(secret)))
        case .removing(let node): .removeNode(caller, name: node.identity.name)
        case .awaitingRemoval, .awaitingBalance: .cluster(caller, digest: false)
        }
    }

    // MARK: Beginning

    private func begin(in cluster: SimulatedCluster) {
        if let damaged = cluster.endpoints.first(where: \.isDamaged) {
            if damaged.refusal != nil { replace(damaged, in: cluster) }
            return
        }
        guard let task = tasks.first else { return }
        tasks.removeFirst()
        let candidates = cluster.endpoints.filter(\.isRunning)
        switch task {
        case .add: step = .makingToken(NewNode(node: newNode(in: cluster), replaces: nil))
        case .remove:
            if candidates.count > 1, let node = candidates.randomElement(using: &cluster.random) {
                step = .removing(node)
            }
        case .replace:
            guard candidates.count > 2, let node = candidates.randomElement(using: &cluster.random) else { return }
            replace(node, in: cluster)
        case .removeOldest:
            if let node = candidates.first { step = .removing(node) }
        case .switchOff:
            guard let node = candidates.randomElement(using: &cluster.random) else { return }
            node.crash(losingPower: true)
            node.isAway = true
            away = node
        case .switchOn:
            away?.isAway = false
            let node = away
            cluster.after(.zero) { try node?.boot() }
            away = nil
            step = .awaitingBalance
        case .restart:
            if let node = candidates.randomElement(using: &cluster.random) { restart(node, in: cluster) }
        case .restartAll: tasks.insert(contentsOf: candidates.map { .restartNode($0.number) }, at: 0)
        case .restartNode(let number):
            if let node = candidates.first(where: { $0.number == number }) { restart(node, in: cluster) }
        }
    }

    private func restart(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        node.drain()
        step = .draining(node, until: cluster.time + .seconds(10))
    }

    /// What the runbook says for a disk that is lost or damaged: a new node comes under a new name, the old one is removed.
    private func replace(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        node.crash(losingPower: true)
        node.isRetired = true
        node.disk = SimulatedDisk()
        step = .makingToken(NewNode(node: newNode(in: cluster), replaces: node))
    }

    private func newNode(in cluster: SimulatedCluster) -> SimulatedNode {
        names += 1
        return cluster.addNode(name: "n\(names)") { _ in SimulatedDisk() }
    }

    private func finishRestart(of node: SimulatedNode, by end: Duration, in cluster: SimulatedCluster) {
        guard node.isDrained || cluster.time >= end || !node.isRunning else { return }
        if node.isRunning { node.crash() }
        cluster.after(cluster.draw(100...1_000)) { try node.boot() }
        step = .awaitingBalance
    }

    // MARK: Answers

    package func lost(_ id: RequestID, as number: Int, in cluster: SimulatedCluster) { asked = nil }

    package func answered(
        _ id: RequestID, _ answer: Result<Response, Refusal>, as number: Int, in cluster: SimulatedCluster
    ) {
        asked = nil
        switch answer {
        case .success(let response): take(response, in: cluster)
        case .failure(.timeout), .failure(.unavailable): break
        case .failure(let refusal): take(refusal)
        }
    }

    private func take(_ refusal: Refusal) {
        switch (step, refusal) {
        // What stands against it now passes.
        case (.removing, .conflict): break
        // The answer to an earlier try was lost.
        case (.removing(let node), .notFound): step = .awaitingRemoval(node)
        default: findings.report("the operator of nodes was refused: \(refusal) at \(step)")
        }
    }

    private func take(_ response: Response, in cluster: SimulatedCluster) {
        switch (step, response) {
        case (.makingToken(let new), .joinToken(let secret, _)): step = .joining(new, secret: secret)
        case (.joining(let new, _), .joined(let image)): start(new, with: image, in: cluster)
        case (.removing(let node), .done): step = .awaitingRemoval(node)
        case (.awaitingRemoval(let node), .cluster(let view)):
            self.view = view
            guard !view.members.contains(where: { $0.id == node.identity.node }) else { return }
            retire(node, in: cluster)
            step = .awaitingBalance
        case (.awaitingBalance, .cluster(let view)):
            self.view = view
            if isSettled(view) { step = .idle }
        default: findings.report("the operator of nodes was answered \(response) at \(step)")
        }
    }

    /// Nobody can be balanced with a node that is off: then it is enough that the others are there and serve.
    private func isSettled(_ view: ClusterView) -> Bool {
        guard let away else { return view.isSettled }
        return view.healthy
            && view.members.allSatisfy {
                $0.id == away.identity.node || $0.state == .active && $0.health == .alive
            }
    }

    private func start(_ new: NewNode, with image: [UInt8], in cluster: SimulatedCluster) {
        guard let registry = try? Registry(image: image),
            let replica = registry.replicas.first(where: {
                $0.group == .registry && $0.node == new.node.identity.node
            })
        else { return findings.report("a newcomer's registry cannot be read, or does not know the newcomer") }
        new.node.disk = SimulatedDisk(joining: image, replica: replica.id)
        cluster.tally.joins += 1
        // It may take a while for somebody to start it.
        cluster.after(cluster.draw(10...2_000)) { try new.node.boot() }
        step = new.replaces.map { .removing($0) } ?? .awaitingBalance
    }

    /// It goes on talking for a while before somebody stops it.
    private func retire(_ node: SimulatedNode, in cluster: SimulatedCluster) {
        cluster.tally.removals += 1
        node.isRetired = true
        cluster.after(cluster.draw(500...10_000)) { if node.isRunning { node.crash() } }
    }
}

extension ClusterView {
    /// Whether everything is where it should be, and everybody is there.
    package var isSettled: Bool {
        healthy && balanced && underReplicated == 0 && members.allSatisfy { $0.state == .active && $0.health == .alive }
    }
}

extension SimulatedNode {
    func newcomer(tokenDigest: [UInt8]) -> Newcomer {
        Newcomer(
            node: identity.node, name: identity.name, http: identity.http, peer: identity.peer, zone: identity.zone,
            weight: identity.weight, tokenDigest: tokenDigest)
    }
}
