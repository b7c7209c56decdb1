import Coordinator
import HashRing
import Membership

/// What lies between nodes: links that deliver in order or break, datagrams that do as they please, and cuts.
final class SimulatedNetwork {
    unowned let cluster: SimulatedCluster
    /// Ways on which nothing gets through.
    private(set) var cuts: Set<Direction> = []
    /// One datagram in so many is lost; 0: none.
    var lossOneIn = 0
    /// One datagram in so many arrives twice.
    var duplicateOneIn = usualDuplicates
    static let usualDuplicates = 50
    var links: [Direction: Link] = [:]
    var disturbances = Disturbances()
    /// When the last message of an earlier link arrives: none of the next one overtakes it.
    private var lastArrivals: [Direction: Duration] = [:]
    private var lastPath = 0

    init(cluster: SimulatedCluster) { self.cluster = cluster }

    func isCut(_ direction: Direction) -> Bool { cuts.contains(direction) }

    /// Whether both ways are open and both nodes run and answer.
    func reaches(_ one: SimulatedNode, _ other: SimulatedNode) -> Bool {
        let way = Direction(from: one.number, to: other.number)
        return one.isRunning && other.isRunning && !other.isPaused && !isCut(way) && !isCut(way.reversed)
    }

    // MARK: Cuts

    func cut(_ direction: Direction) {
        guard cuts.insert(direction).inserted else { return }
        cluster.onEvent(
            "cut from \(cluster.nodes[direction.from].identity.name) to \(cluster.nodes[direction.to].identity.name)")
        guard let link = links[direction], link.state == .up else { return }
        link.state = .stalled
        cluster.after(cluster.draw(cluster.pace.silence)) { [unowned self] in
            if link.state == .stalled { lose(link, noticedAfter: .zero) }
        }
    }

    func mend(_ direction: Direction) {
        guard cuts.remove(direction) != nil else { return }
        cluster.onEvent(
            "mended from \(cluster.nodes[direction.from].identity.name) to \(cluster.nodes[direction.to].identity.name)"
        )
        guard let link = links[direction], link.state == .stalled else { return }
        link.state = .up
        for _ in link.inFlight { planArrival(on: link) }
    }

    // MARK: Links

    /// A node keeps links to these and no others.
    func keepLinks(of node: SimulatedNode, to peers: [NodeID: PeerAddress]) {
        let before = node.process?.peers ?? [:]
        node.process?.peers = peers
        for id in before.keys.sorted() where peers[id] == nil {
            guard let peer = cluster.node(id), let link = links[Direction(from: node.number, to: peer.number)] else {
                continue
            }
            if link.state == .dialing { links[link.direction] = nil } else { lose(link, noticedAfter: .zero) }
        }
        for id in peers.keys.sorted() {
            guard let peer = cluster.node(id), peer !== node else { continue }
            dial(Direction(from: node.number, to: peer.number))
        }
    }

    private func dial(_ direction: Direction) {
        guard links[direction] == nil else { return }
        let link = Link(direction, lastArrival: lastArrivals[direction] ?? .zero)
        links[direction] = link
        tryAgain(link)
    }

    private func tryAgain(_ link: Link) {
        cluster.after(cluster.draw(cluster.pace.dialing)) { [unowned self] in
            guard links[link.direction] === link else { return }
            let sender = cluster.nodes[link.direction.from]
            guard isWanted(link.direction) else {
                links[link.direction] = nil
                return
            }
            let target = cluster.nodes[link.direction.to]
            guard connects(sender, target), !sender.isPaused, target.admits(sender), sender.address(of: target) else {
                return tryAgain(link)
            }
            link.state = .up
            sender.feed([.connected(target.identity.node)])
        }
    }

    private func isWanted(_ direction: Direction) -> Bool {
        let target = cluster.nodes[direction.to].identity.node
        return cluster.nodes[direction.from].process?.peers[target] != nil
    }

    /// What is in flight on it is lost; its sender notices, and tries again if it still wants the link.
    func lose(_ link: Link, noticedAfter delay: Duration) {
        guard link.state != .broken else { return }
        link.state = .broken
        link.inFlight = []
        cluster.broke(link.direction)
        cluster.nodes[link.direction.from].plan(after: delay) { [unowned self] sender in
            guard links[link.direction] === link else { return }
            links[link.direction] = nil
            sender.feed([.disconnected(cluster.nodes[link.direction.to].identity.node)])
            if isWanted(link.direction) { dial(link.direction) }
        }
    }

    // MARK: Messages

    func send(_ messages: [PeerMessage], from node: SimulatedNode, to peer: NodeID) {
        guard let target = cluster.node(peer),
            let link = links[Direction(from: node.number, to: target.number)]
        else { return }
        switch link.state {
        case .dialing, .broken, .orphaned: return
        case .up, .stalled:
            for message in messages {
                link.inFlight.append(message)
                if link.state == .up { planArrival(on: link) }
            }
        }
    }

    private func planArrival(on link: Link) {
        let isSlow = cluster.random.oneIn(cluster.pace.slowMessageOneIn)
        let delay =
            cluster.draw(isSlow ? cluster.pace.slowMessage : cluster.pace.message) + lateness(on: link.direction)
        link.lastArrival = max(link.lastArrival, cluster.time + delay)
        lastArrivals[link.direction] = link.lastArrival
        cluster.agenda.add(at: link.lastArrival) { [unowned self] in try deliver(link) }
    }

    private func deliver(_ link: Link) throws {
        switch link.state {
        case .dialing, .stalled, .broken: return
        case .up, .orphaned: break
        }
        guard !link.inFlight.isEmpty else { return }
        let message = link.inFlight.removeFirst()
        let sender = cluster.nodes[link.direction.from].identity.node
        cluster.nodes[link.direction.to].feed([.peer(sender, try cluster.passage(message))])
    }

    // MARK: Nodes that go

    /// The node's process has ended. `silently`: nobody's connection is reset, as when the power goes.
    func lost(_ node: SimulatedNode, silently: Bool) {
        for link in links.values.sorted(by: { $0.direction.sortKey < $1.direction.sortKey }) {
            if link.direction.to == node.number {
                switch link.state {
                case .up, .stalled:
                    lose(link, noticedAfter: cluster.draw(silently ? cluster.pace.silence : 1...50))
                case .dialing, .orphaned, .broken: break
                }
            } else if link.direction.from == node.number {
                links[link.direction] = nil
                guard link.state == .up else { continue }
                link.state = .orphaned
                link.inFlight.removeLast(Int.random(in: 0...link.inFlight.count, using: &cluster.random))
            }
        }
    }

    /// The node stands still: after a while nobody believes in its links any more.
    func paused(_ node: SimulatedNode, boot: Int) {
        cluster.after(cluster.draw(cluster.pace.silence)) { [unowned self] in
            guard node.isPaused, node.process?.boot == boot else { return }
            for link in links.values.sorted(by: { $0.direction.sortKey < $1.direction.sortKey })
            where link.state == .up || link.state == .stalled {
                guard link.direction.to == node.number || link.direction.from == node.number else { continue }
                lose(link, noticedAfter: .zero)
            }
        }
    }

    /// Where the next file that arrives lies.
    func nextPath() -> String {
        lastPath += 1
        return "received-\(lastPath)"
    }
}

extension Direction {
    /// Any order, as long as it is the same in every run.
    var sortKey: Int { from * 10_000 + to }
}
