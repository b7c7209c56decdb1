import Checks
import Coordinator

/// What the page shows, the most urgent first: whether the cluster is well, how far the work is, who does it, and where
/// it lies.
struct DashboardPage {
    /// How far the work is, and who does it.
    struct Work {
        var statistics: StatisticsReport
        var counts: ShardCounts
        var now: Timestamp
    }

    var cluster: ClusterView
    /// `nil` while there is no leader for every shard.
    var work: Work?
    var now: Timestamp

    var html: String {
        """
        \(header)
        \(work?.html ?? Self.withoutWork)
        <section><h2>Nodes</h2>\(nodes)</section>
        <section><h2>Shards</h2>\(shards)</section>
        """
    }

    /// Nodes and shards are shown all the same, as this node sees them.
    private static let withoutWork = """
        <p class="share">Not every shard has a leader that this node reaches, so nobody can say how far the work is. \
        Below is what this node knows by itself and what the nodes that it reaches say.</p>
        """

    private var header: String {
        """
        <header><h1>dmcheck</h1>\(HTML.pill(cluster.healthy ? "healthy" : "not healthy", cluster.healthy ? "good" : "bad"))\
        \(HTML.pill(cluster.balanced ? "balanced" : "not balanced", cluster.balanced ? "good" : "busy"))\
        \(cluster.underReplicated == 0 ? "" : HTML.pill("\(cluster.underReplicated) under-replicated", "busy"))\
        <time>\(now.text.prefix(19).replacing("T", with: " ")) UTC</time></header>
        """
    }

    /// For a peer that may not see figures.
    static func withoutToken(_ reasons: [String]) -> String {
        let state = HTML.pill(reasons.isEmpty ? "ready" : "not ready", reasons.isEmpty ? "good" : "bad")
        let list = reasons.map { "<li>\(HTML.escaped($0))</li>" }.joined()
        return """
            <header><h1>dmcheck</h1>\(state)</header>
            <ul>\(list)</ul><p>Figures are shown to operators: open this page on the founding node, or send its token.</p>
            """
    }
}
