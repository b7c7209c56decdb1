import Checks
import Consensus
import HashRing

/// Asks every node that can be reached what it holds and leads. Who does not answer in time is left out.
struct ReportSurvey: Sendable {
    private(set) var reports: [NodeID: NodeReport] = [:]
    private var outstanding = 0

    /// The step under which the answers come.
    static let step = 1000

    var isFinished: Bool { outstanding == 0 && !reports.isEmpty }

    mutating func begin(in node: inout NodeState) {
        reports = [node.identity.node: node.report]
        let ticket = Ticket(conversation: node.current, step: Self.step)
        outstanding = node.peers.nodes.count
        for peer in node.peers.nodes {
            node.call(.report, at: peer, ticket: ticket, within: Limits.reportPatience)
        }
    }

    mutating func take(_ event: Event) {
        switch event {
        case .report(_, let report, let node):
            reports[node] = report
            outstanding -= 1
        case .silent: outstanding -= 1
        default: break
        }
    }

    /// What the group's leader says of it; the one of the latest term if several believe they lead.
    func office(of group: GroupKey) -> NodeReport.Office? { leader(of: group)?.office }

    func leader(of group: GroupKey) -> (node: NodeID, term: UInt64, office: NodeReport.Office)? {
        var found: (node: NodeID, term: UInt64, office: NodeReport.Office)?
        for node in reports.keys.sorted() {
            for replica in reports[node]?.replicas ?? [] where replica.group == group {
                guard let office = replica.office, replica.term >= found?.term ?? 0 else { continue }
                found = (node, replica.term, office)
            }
        }
        return found
    }

    func replica(of group: GroupKey, on node: NodeID) -> NodeReport.Replica? {
        reports[node]?.replicas.first { $0.group == group }
    }
}

extension NodeState {
    /// What this node holds and leads.
    var report: NodeReport {
        let replicas = groups.indices.compactMap { position -> NodeReport.Replica? in
            guard let raft = groups[position].raft else { return nil }
            let status = raft.status
            var office: NodeReport.Office?
            if groups[position].isInOffice {
                let catchingUp = status.followers.filter { $0.isLearner && !$0.isCaughtUp }
                office = NodeReport.Office(
                    configuration: status.configuration,
                    catchingUp: catchingUp.map { ($0.id, $0.match.rawValue) }, lastIndex: status.lastIndex.rawValue)
            }
            let applied = position == 0 ? status.applied.rawValue : summaries[position - 1]?.applied ?? 0
            return NodeReport.Replica(
                group: groups[position].key, id: raft.id, term: status.term.rawValue, applied: applied,
                digest: groups[position].digest, office: office)
        }
        return NodeReport(replicas: replicas, clockOffsetMilliseconds: Int(clocks.ownOffset))
    }
}
