import ArgumentParser
import ChaosChecker
import Foundation

/// Torments a real cluster on this machine under load and checks what must always be true.
@main
struct Chaos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dmcheck-chaos",
        abstract: "Faults against a real local cluster under load, then a check of what must always be true.",
        discussion: "Scripts/chaos calls this, in network namespaces of its own where that is permitted."
    )

    @Option(help: "The dmcheck program.")
    var program: String

    @Option(help: "A new folder for the cluster and for what the run leaves behind.")
    var dir: String

    @Option(help: "How long faults are injected.")
    var minutes = 3.0

    @Option(help: "The seed of the schedule and of every actor; drawn if not said.")
    var seed: UInt64?

    @Option(help: "How many nodes: 3 or 5.")
    var nodes = 3

    @Option(help: "Which faults, separated by commas; all if not said.")
    var faults: String?

    @Option(help: "The base port, where all nodes share 127.0.0.1.")
    var basePort = 20500

    @Flag(help: "This process is in a network namespace of its own.")
    var isolated = false

    @Option(help: "How many seconds the work may take to its end, once the faults are over.")
    var patience = Limits.drainSeconds

    @Flag(help: "Keep the nodes' data folders although everything held.")
    var keep = false

    func validate() throws {
        guard nodes == 3 || nodes == 5 else { throw ValidationError("3 or 5 nodes") }
        guard minutes > 0 else { throw ValidationError("no time") }
    }

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: dir) else { throw ChaosError.folderExists(dir) }
        try FileManager.default.createDirectory(
            atPath: dir, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let narrator = Narrator()
        let seed = seed ?? UInt64.random(in: 1...999_999)
        let means = await Means.find(basePort: basePort, isolated: isolated, folder: dir)
        var kinds = try faults.map { (list) throws(ChaosError) in try FaultKind.parse(list) } ?? FaultKind.allCases
        let shortcomings = means.shortcomings(of: kinds)
        kinds.removeAll { !means.permit($0) }
        narrator.say("seed \(seed), \(nodes) nodes, \(tenths(minutes)) minutes, in \(dir)")
        for shortcoming in shortcomings { narrator.say(shortcoming) }
        let run = Run(
            program: program, folder: dir, seed: seed, minutes: minutes, size: nodes, kinds: kinds, means: means,
            patience: patience, narrator: narrator)
        let (history, violations) = try await run.execute()
        let artefacts = Artefacts(folder: dir)
        try artefacts.write(history, violations, log: narrator.all)
        print(Figures(history, violations).lines.joined(separator: "\n"))
        print("timeline: \(dir)/timeline.html, \(dir)/timeline.txt; history: \(dir)/history.jsonl; logs: \(dir)/n*/log")
        if violations.isEmpty && !keep { artefacts.removeData() }
        if !violations.isEmpty { throw ExitCode.failure }
    }
}
