import ChaosChecker
import Foundation

/// One node: its folder, where it runs, and the process that serves it now.
struct Node: Sendable {
    enum State: Sendable, Equatable {
        case running, paused, down
        /// It runs, and its end surprises nobody.
        case doomed
    }

    let number: Int
    let folder: String
    let network: Network
    private(set) var child: ChildProcess?
    private(set) var state = State.down
    /// Its files were damaged, and it did not say so when it started: it may still.
    var isSuspect = false

    init(_ number: Int, in cluster: String, network: Network) {
        self.number = number
        self.network = network
        folder = "\(cluster)/n\(number)"
    }

    var name: String { "n\(number)" }
    var data: String { "\(folder)/data" }
    /// Where its peers look for it.
    var peer: String { "\(network.host(number)):\(network.peerPort(number))" }
    var endpoint: Endpoint {
        Endpoint(name: name, url: "https://\(network.host(number)):\(network.httpPort(number))")
    }

    /// - Parameter through: what goes before the program, in the place where it runs.
    mutating func start(_ program: String, _ options: [String] = [], through: [String] = []) throws(ChaosError) {
        try? FileManager.default.createDirectory(
            atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        child = try ChildProcess(
            network.entry(number) + through + [
                program, "start", "--name", name, "--data", data, "--http",
                "\(network.host(number)):\(network.httpPort(number))", "--peer",
                "\(network.peerHost(number)):\(network.peerPort(number))", "--advertise", network.host(number),
            ] + options, output: log)
        if let child { network.node(number, is: child.identifier) }
        state = .running
    }

    var log: String { "\(folder)/log" }

    /// What it said last.
    var lastWords: String {
        let text =
            FileManager.default.contents(atPath: log).map { String(decoding: $0.suffix(8192), as: UTF8.self) } ?? ""
        return text.split(separator: "\n").last.map(String.init) ?? ""
    }

    mutating func doom() { if state == .running { state = .doomed } }
    mutating func spare() { if state == .doomed { state = .running } }

    /// It has ended, as somebody else found.
    mutating func hasEnded() {
        child = nil
        state = .down
    }

    /// `kill -9`; returns when its ports and its lock are free.
    mutating func kill() {
        child?.signal(SIGKILL)
        child?.wait()
        child = nil
        state = .down
    }

    mutating func pause() {
        child?.signal(SIGSTOP)
        state = .paused
    }

    mutating func resume() {
        child?.signal(SIGCONT)
        state = .running
    }

    /// Asks it to end. The state says so from now on, so that its end surprises nobody.
    mutating func askToStop() -> ChildProcess? {
        child?.signal(SIGTERM)
        defer { child = nil }
        state = .down
        return child
    }

    /// How it ended, if it did without having been asked to.
    mutating func unexpectedEnd() -> Int32? {
        guard state == .running, let child, !child.isRunning else { return nil }
        self.child = nil
        state = .down
        return child.wait()
    }
}
