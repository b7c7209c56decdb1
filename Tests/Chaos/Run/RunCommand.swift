import ArgumentParser
import ChaosChecker
import Foundation

/// A run from its options to its exit status.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Makes a run; the command that is meant when none is named.")

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

    @Option(help: "The base port, where the nodes are at loopback addresses.")
    var basePort = 20500

    @Flag(help: "This process is in a network namespace of its own.")
    var isolated = false

    @Flag(help: "Nodes reach each other through a proxy in this program, although there may be namespaces.")
    var proxy = false

    @Flag(help: "Stop when a line of the standard input says INT or TERM, or when it ends.")
    var attended = false

    @Option(help: "How many seconds the work may take to its end, once the faults are over.")
    var patience = Limits.drainSeconds

    @Flag(help: "Keep the nodes' data folders although everything held.")
    var keep = false

    func validate() throws {
        guard nodes == 3 || nodes == 5 else { throw ValidationError("3 or 5 nodes") }
        guard minutes > 0 else { throw ValidationError("no time") }
    }

    func run() async throws {
        let wanted: [FaultKind]
        do {
            wanted = try chosen()
        } catch {
            throw Chaos.refusal(error)
        }
        guard !FileManager.default.fileExists(atPath: dir) else { throw ChaosError.folderExists(dir) }
        try FileManager.default.createDirectory(
            atPath: dir, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let means = await Means.find(
            basePort: basePort, isolated: isolated, isProxied: proxy, folder: dir)
        let kinds = wanted.filter { means.permit($0) }
        let shortcomings = means.shortcomings(of: wanted)
        guard !kinds.isEmpty else {
            rmdir(dir)
            throw Chaos.refusal(ChaosError.nothingPermitted(shortcomings))
        }
        let narrator = Narrator()
        let seed = seed ?? UInt64.random(in: 1...999_999)
        narrator.say("seed \(seed), \(nodes) nodes, \(tenths(minutes)) minutes, in \(dir)")
        for shortcoming in shortcomings { narrator.say(shortcoming) }
        let run = Run(
            program: program, folder: dir, seed: seed, minutes: minutes, size: nodes, kinds: kinds, means: means,
            patience: patience, narrator: narrator)
        let (judgement, signal) = try await run.execute(attended: attended)
        if judgement.violations.isEmpty && !keep { Artefacts(folder: dir).removeData() }
        if let signal { throw ExitCode(128 + signal) }
        if !judgement.violations.isEmpty { throw ExitCode.failure }
    }

    /// A run without any fault would find nothing, and say that everything holds.
    private func chosen() throws(ChaosError) -> [FaultKind] {
        guard let faults else { return FaultKind.allCases }
        let kinds = try FaultKind.parse(faults)
        guard !kinds.isEmpty else { throw .noFaults(faults) }
        return kinds
    }
}
