import ArgumentParser

/// Torments a real cluster on this machine under load and checks what must always be true.
@main
struct Chaos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dmcheck-chaos",
        abstract: "Faults against a real local cluster under load, then a check of what must always be true.",
        discussion: "Scripts/chaos calls this, in network namespaces of its own where that is permitted.",
        subcommands: [RunCommand.self, CheckCommand.self],
        defaultSubcommand: RunCommand.self
    )

    static func main() async {
        // Before there is a second thread, which would be ended by what this one waits for.
        Interruption.block()
        await main(nil)
    }

    /// Says why a command cannot be carried out as it was given.
    static func refusal(_ error: some Error) -> ExitCode {
        complain("\(error)")
        return ExitCode(2)
    }
}
