import ChaosChecker
import Foundation
import NIOHTTP1

/// A real cluster on this machine: processes, folders and the network between them.
actor LocalCluster {
    let program: String
    let folder: String
    let network: Network
    let shards: Int
    let directory = Directory()
    let narrator: Narrator
    var nodes: [String: Node] = [:]
    private var lastNumber = 0
    private(set) var operate: Operator?
    private var removed = RemovedData()
    /// From now on nothing is started, whoever asks for it.
    private var isClosed = false
    /// Nodes whose files turned out to be damaged: somebody must replace them.
    private(set) var condemned: Set<String> = []

    init(program: String, folder: String, network: Network, narrator: Narrator) {
        self.program = program
        self.folder = folder
        self.network = network
        self.narrator = narrator
        shards = Limits.shards
    }

    var names: Set<String> { Set(nodes.keys) }
    /// In the order in which they came.
    var ordered: [Node] { nodes.values.sorted { $0.number < $1.number } }
    var running: [Node] { ordered.filter { $0.state == .running } }

    func incident(_ text: String) { narrator.incident(text) }

    private func checkOpen() throws(ChaosError) { if isClosed { throw .stopped } }

    private func place() async throws -> Node {
        lastNumber += 1
        try await network.prepare(lastNumber)
        return Node(lastNumber, in: folder, network: network)
    }

    /// Starts the first node, which founds the cluster, and waits until it serves.
    func found() async throws -> Operator {
        var node = try await place()
        try checkOpen()
        try node.start(program, ["--shards", String(shards)])
        nodes[node.name] = node
        directory.add(node.endpoint)
        let authority = "\(node.data)/certs/ca.pem"
        let tokenFile = "\(node.data)/operator.token"
        let deadline = ContinuousClock.now + .seconds(Limits.readySeconds)
        while !FileManager.default.fileExists(atPath: tokenFile) || !FileManager.default.fileExists(atPath: authority) {
            guard ContinuousClock.now < deadline else {
                throw ChaosError.notSettled("the first node did not found a cluster")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        try FileManager.default.copyItem(atPath: authority, toPath: "\(folder)/ca.pem")
        try FileManager.default.copyItem(atPath: tokenFile, toPath: "\(folder)/operator.token")
        let token = try String(contentsOfFile: tokenFile, encoding: .utf8).trimmingCharacters(
            in: .whitespacesAndNewlines)
        let made = Operator(caller: try Caller(authority: "\(folder)/ca.pem"), directory: directory, token: token)
        operate = made
        guard await isReady(node.endpoint, within: Limits.readySeconds) else {
            throw ChaosError.notSettled("the first node was not ready")
        }
        return made
    }

    /// Starts so many new nodes, which join; returns when each is ready.
    @discardableResult
    func join(_ count: Int) async throws -> [String] {
        let token = "\(folder)/join.token"
        try? FileManager.default.removeItem(atPath: token)
        let urls = directory.all.flatMap { ["--url", $0.url] }
        try await ChildProcess.run(
            [
                program, "join-token", "create", "--uses", String(count), "--expires", "1h", "--ca", "\(folder)/ca.pem",
                "--token-file", "\(folder)/operator.token",
            ] + urls, output: token)
        let members = ordered.flatMap { ["--join", $0.peer] }
        var made: [Node] = []
        for _ in 0..<count {
            var node = try await place()
            try checkOpen()
            try node.start(program, members + ["--join-token-file", token])
            nodes[node.name] = node
            made.append(node)
        }
        for node in made {
            if await !isReady(node.endpoint, within: Limits.readySeconds) {
                incident("\(node.name), which joined, was not ready in \(Int(Limits.readySeconds)) s")
            }
            directory.add(node.endpoint)
        }
        return made.map(\.name)
    }

    func kill(_ name: String) { nodes[name]?.kill() }
    func pause(_ name: String) { nodes[name]?.pause() }
    func resume(_ name: String) { nodes[name]?.resume() }

    func start(_ name: String, through: [String] = []) throws {
        guard nodes[name]?.state == .down else { return }
        try checkOpen()
        try nodes[name]?.start(program, through: through)
    }

    /// SIGTERM; whether it ended by itself, and how long that took.
    func stop(_ name: String) async -> Double? {
        guard let child = nodes[name]?.askToStop() else { return nil }
        let began = ContinuousClock.now
        guard let status = await child.ended(within: Limits.stopSeconds) else {
            incident("\(name) did not end \(Int(Limits.stopSeconds)) s after SIGTERM")
            child.signal(SIGKILL)
            child.wait()
            return nil
        }
        if status != 0 { incident("\(name) ended with status \(status) after SIGTERM") }
        return (ContinuousClock.now - began) / .seconds(1)
    }

    /// It is no member any more: its process ends, and its data is out of its way.
    func forget(_ name: String) {
        directory.remove(name)
        condemned.remove(name)
        guard let node = nodes.removeValue(forKey: name) else { return }
        node.child?.signal(SIGKILL)
        node.child?.wait()
        for folder in removed.keep(node) { narrator.say("  \(folder) makes room for what comes after it") }
    }

    /// Clients stop asking a node that is about to leave.
    func withdraw(_ name: String) { directory.remove(name) }

    /// Waits until it can serve; says so when it does not.
    func isReady(_ endpoint: Endpoint, within seconds: Double) async -> Bool {
        guard let operate else { return false }
        let deadline = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < deadline {
            if await operate.send(.GET, "/readyz", to: endpoint, patience: 2).status == 200 { return true }
            try? await Task.sleep(for: .milliseconds(50))
        }
        return false
    }

    /// Waits until all who should be members are, and each shard is led and where it should be; how long that took.
    func settled(within seconds: Double = Limits.settleSeconds) async -> Double? {
        guard let operate else { return nil }
        let began = ContinuousClock.now
        while ContinuousClock.now - began < .seconds(seconds) {
            if let view = await operate.view(), view.isSettled(with: names) {
                return (ContinuousClock.now - began) / .seconds(1)
            }
            try? await Task.sleep(for: .milliseconds(200))
        }
        return nil
    }

    /// Looks after the processes until cancelled: one that ends by itself is an incident, and is started again.
    func watch() async {
        while !Task.isCancelled {
            for name in nodes.keys.sorted() {
                guard let status = nodes[name]?.unexpectedEnd() else { continue }
                guard let node = nodes[name] else { continue }
                let words = node.lastWords
                // Damage is no excuse for an end without a reason, nor for one that has nothing to do with its files.
                if node.isSuspect, status == 1, words.contains(node.data) {
                    condemned.insert(name)
                    narrator.say("  \(name), whose files were damaged, has noticed: \(words)")
                    continue
                }
                let signal = status > 128 ? " (signal \(status - 128))" : ""
                incident("\(name) ended by itself with status \(status)\(signal): \(words)")
                do {
                    try start(name)
                } catch {
                    incident("\(name) could not be started again: \(error)")
                }
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Ends every node, by force what has not ended by then; nothing is started any more.
    func stopAll(within seconds: Double = Limits.stopSeconds) async {
        isClosed = true
        let deadline = ContinuousClock.now + .seconds(seconds)
        for name in nodes.keys where nodes[name]?.state == .paused { nodes[name]?.resume() }
        let ending = nodes.keys.compactMap { nodes[$0]?.askToStop() }
        for child in ending {
            let left = (deadline - ContinuousClock.now) / .seconds(1)
            if await child.ended(within: left) != nil { continue }
            child.signal(SIGKILL)
            child.wait()
        }
    }
}
