import ArgumentParser
import ChaosChecker

/// Checks again what a run left behind: one made before can so be judged by a newer checker.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Reads the folder of a run and prints the figures and the verdict again.")

    @Argument(help: "The folder of a run.")
    var folder: String

    func run() async throws {
        Interruption.watch(attended: false) { Interruption.endAtOnce(128 + $0) }
        let saved: SavedRun
        do {
            saved = try SavedRun(folder: folder)
        } catch {
            throw Chaos.refusal(error)
        }
        for remark in saved.remarks { print(remark) }
        let judgement = Judgement(saved.history, isComplete: saved.isComplete)
        print(judgement.lines.joined(separator: "\n"))
        if !judgement.violations.isEmpty { throw ExitCode.failure }
    }
}
