import ArgumentParser

/// The command line: `dmcheck COMMAND`.
@main
struct Dmcheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dmcheck",
        abstract: "Hands out lists of users to volunteers and keeps what they find out.",
        discussion: """
            Operator commands find the cluster by --url, --ca and --token-file, by DMCHECK_URL, DMCHECK_CA and \
            DMCHECK_TOKEN_FILE, or by the local data folder (--data, DMCHECK_DATA, ./dmcheck-data).

            Exit: 0 done; 1 refused or failed, with one line on standard error; 2 wrong usage.
            """,
        subcommands: [
            StartCommand.self, WorkCommand.self, JoinTokenCommand.self, NodeCommand.self, ShardCommand.self,
            UsersCommand.self, ClientCommand.self, ServiceCommand.self, InviteCommand.self, SettingsCommand.self,
            CountsCommand.self, LimitsCommand.self, StatsCommand.self, ExportCommand.self, BackupCommand.self,
            RestoreCommand.self,
        ])

    /// Parses, runs, and leaves with the exit code of the interface.
    static func main() async {
        do {
            var command = try await asyncParseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Ending(of: error).leave()
        }
    }
}
