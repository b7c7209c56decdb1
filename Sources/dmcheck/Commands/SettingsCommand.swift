import ArgumentParser
import CheckClient

struct SettingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings", abstract: "The settings of the whole cluster.", subcommands: [Show.self, Set.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the settings.")

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.show(Call<Settings>.settings.verbatim) { $0.json.facts } }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change the settings that are named.",
            discussion: "For example: dmcheck settings set enrollment=invite malfunction.deadShare=0.4")

        @Argument(help: ArgumentHelp("Settings; a dot goes into an object.", valueName: "setting=value"))
        var settings: [Assignment]

        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            let call = Call<Settings>.changeSettings(Assignment.object(settings))
            try await cluster.show(call.verbatim) { $0.json.facts }
        }
    }
}

extension JSONValue {
    /// An object as names and values, inner objects by dotted names.
    fileprivate var facts: String { TextTable.facts(flattened("")) }

    private func flattened(_ path: String) -> [(name: String, value: String)] {
        guard case .object(let fields) = self else { return [(path, text)] }
        return fields.sorted { $0.key < $1.key }.flatMap { name, value in
            value.flattened(path.isEmpty ? name : "\(path).\(name)")
        }
    }
}

struct InviteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite", abstract: "Invitations to register.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Make an invitation.")

        @Option(help: "Registrations that it is good for.")
        var uses = 1

        @Option(help: ArgumentHelp("How long it lasts, as in 12h or 7d.", valueName: "age"))
        var expires = LengthOfTime.day

        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            let request = InviteRequest(uses: uses, expiresInSeconds: expires.seconds)
            try await cluster.show(.createInvite(request)) { $0.invite }
        }
    }
}
