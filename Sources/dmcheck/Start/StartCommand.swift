import ArgumentParser
import Foundation
import Logging
import Node

struct StartCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Run a node.",
        discussion: """
            With an empty data folder it founds a new cluster: makes the cluster's authority, its own certificate, the \
            keys and the operator's token; with --join it becomes a member of the cluster that the token is of. Started \
            again, it carries on from its folder, and neither --join nor the token is needed any more.

            Every option can also be given in the environment (DMCHECK_HTTP for --http, and so on) or in the JSON file \
            of --config ({"http": "...", "insecureHTTP": true}); the command line comes first, then the environment.
            """)

    @Option(help: ArgumentHelp("The data folder (./dmcheck-data).", valueName: "dir"), completion: .directory)
    var data: String?

    @Option(help: "The node's name: letters, digits and . - _ (the host's name).")
    var name: String?

    @Option(help: ArgumentHelp("Where clients reach it (127.0.0.1:7480).", valueName: "host:port"))
    var http: String?

    @Option(help: ArgumentHelp("Where other nodes reach it (127.0.0.1:7481).", valueName: "host:port"))
    var peer: String?

    @Option(help: ArgumentHelp("The host that others are told (127.0.0.1).", valueName: "host"))
    var advertise: String?

    @Option(help: "Replicas of a shard go to different zones.")
    var zone: String?

    @Option(help: "Its share of the shards, relative to other nodes' (1).")
    var weight: Int?

    @Option(
        help: ArgumentHelp(
            "A member's peer address, for a node that is new; may be repeated.", valueName: "host:port"))
    var join: [String] = []

    @Option(
        help: ArgumentHelp("The file with the join token (dmcheck join-token create).", valueName: "file"),
        completion: .file())
    var joinTokenFile: String?

    @Option(help: "Shards of a new cluster, 1 to 1024 (16).")
    var shards: Int?

    @Option(help: "Replicas of a shard in a new cluster, 1 to 7 (3).")
    var replicas: Int?

    @Option(help: ArgumentHelp("A JSON file with these settings.", valueName: "file"), completion: .file())
    var config: String?

    @Flag(name: .customLong("insecure-http"), help: "Plain HTTP, on loopback only.")
    var insecureHTTP = false

    private var flags: [String: StartFlag] {
        var flags: [String: StartFlag] = insecureHTTP ? ["insecureHTTP": .flag(true)] : [:]
        let texts = [
            "data": data, "name": name, "http": http, "peer": peer, "advertise": advertise, "zone": zone,
            "joinTokenFile": joinTokenFile,
        ]
        for (name, text) in texts { flags[name] = text.map(StartFlag.text) }
        for (name, number) in ["weight": weight, "shards": shards, "replicas": replicas] {
            flags[name] = number.map(StartFlag.number)
        }
        if !join.isEmpty { flags["join"] = .texts(join) }
        return flags
    }

    func validate() throws {
        for (option, value) in [("--http", http), ("--peer", peer)] + join.map({ ("--join", $0) }) {
            if let value, HostPort(value) == nil { throw ValidationError("\(option) takes HOST:PORT, not '\(value)'.") }
        }
        if let name, !StartSettings.isLabel(name) { throw ValidationError("--name is \(StartSettings.labelRule).") }
        if let zone, !StartSettings.isZone(zone) { throw ValidationError("--zone is \(StartSettings.labelRule).") }
        for (option, value, range) in [
            ("--weight", weight, StartSettings.weights), ("--shards", shards, StartSettings.shardCounts),
            ("--replicas", replicas, StartSettings.replicaCounts),
        ] {
            if let value, !range.contains(value) {
                throw ValidationError("\(option) is \(range.lowerBound) to \(range.upperBound).")
            }
        }
    }

    func run() async throws {
        let settings = try await StartSettings(
            flags: flags, environment: ProcessInfo.processInfo.environment, file: config,
            hostName: ProcessInfo.processInfo.hostName)
        let configuration = try settings.configuration()
        // Standard output is for what commands answer.
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        SignalMask.clear()
        do {
            try await NodeProgram.run(configuration, logger: Logger(label: "dmcheck"))
        } catch {
            throw CommandFailure("\(error)")
        }
    }
}
