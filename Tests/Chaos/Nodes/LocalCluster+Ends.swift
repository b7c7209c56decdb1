import Foundation

/// Nodes that are about to end by themselves.
extension LocalCluster {
    /// Its end is no incident from here on.
    func doom(_ name: String) { nodes[name]?.doom() }

    /// Its end would be an incident again.
    func spare(_ name: String) { nodes[name]?.spare() }

    /// Its files were damaged: an end that says so is no incident from here on.
    func suspect(_ name: String) { nodes[name]?.isSuspect = true }

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

    /// Brings back every node that does not run as it should.
    func recover() async {
        for node in ordered {
            switch node.state {
            case .running: continue
            case .paused: resume(node.name)
            case .doomed: if await end(of: node.name, within: 0) == nil { spare(node.name) }
            case .down: break
            }
            do {
                try start(node.name)
            } catch {
                incident("\(node.name) could not be started: \(error)")
            }
        }
    }
}
