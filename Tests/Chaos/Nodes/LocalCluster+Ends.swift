import Foundation

/// Nodes that are about to end by themselves.
extension LocalCluster {
    /// Its end is no incident from here on.
    func doom(_ name: String) { nodes[name]?.doom() }

    /// Its end would be an incident again; with damaged files one that says so is none.
    func spare(_ name: String, isSuspect: Bool = false) {
        nodes[name]?.spare()
        if isSuspect { nodes[name]?.isSuspect = true }
    }

    /// How it ended and what it said last; nil when it has not ended by then.
    func end(of name: String, within seconds: Double) async -> (status: Int32, words: String)? {
        guard let node = nodes[name], let child = node.child else { return nil }
        guard let status = await child.ended(within: seconds) else { return nil }
        nodes[name]?.hasEnded()
        return (status, node.lastWords)
    }

    /// Waits until a node that was started is ready or has ended; in that case, how.
    func endsAtStart(_ name: String) async -> (status: Int32, words: String)? {
        let deadline = ContinuousClock.now + .seconds(Limits.readySeconds)
        while ContinuousClock.now < deadline, let node = nodes[name] {
            if let ended = await end(of: name, within: 0.2) { return ended }
            if await isReady(node.endpoint, within: 0.2) { return nil }
        }
        incident("\(name) neither ended nor was ready \(Int(Limits.readySeconds)) s after its start")
        return nil
    }
}
