import ArgumentParser
import CheckClient

struct UsersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "users", abstract: "The users to be checked.",
        subcommands: [
            UsersAddCommand.self, Mark.self, List.self, UsersShowCommand.self, Delete.self, Recheck.self,
        ])

    /// What goes with a marking.
    struct Lane: ParsableArguments {
        @Option(help: "The service (dmcheck).")
        var service: String?

        @Option(help: "normal or urgent.", completion: .list(["normal", "urgent"]))
        var priority: String?
    }

    struct Mark: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Have users checked.")

        @Argument(help: "Screen names.")
        var names: [String] = []

        @Flag(help: "Every user that was never marked for the service.")
        var unmarked = false

        @OptionGroup var lane: Lane
        @OptionGroup var cluster: ClusterOptions

        func validate() throws {
            guard unmarked != !names.isEmpty else {
                throw ValidationError("Say which users: screen names, or --unmarked, not both.")
            }
        }

        func run() async throws {
            let marking = Marking(
                service: lane.service, priority: lane.priority, selection: unmarked ? .unmarked : .names(names))
            try await cluster.show(.mark(marking)) { outcome in
                TextTable.facts(
                    [("marked", "\(outcome.marked)"), ("already marked", "\(outcome.already)")]
                        + outcome.unknown.map { ("unknown", $0) })
            }
        }
    }

    struct Recheck: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Have users checked again.")

        @Argument(help: "Screen names.")
        var names: [String] = []

        @Option(help: ArgumentHelp("Every user whose verdict is older, as in 30d or 12h.", valueName: "age"))
        var olderThan: LengthOfTime?

        @OptionGroup var lane: Lane
        @OptionGroup var cluster: ClusterOptions

        func validate() throws {
            guard (olderThan != nil) != !names.isEmpty else {
                throw ValidationError("Say which users: screen names, or --older-than AGE, not both.")
            }
        }

        func run() async throws {
            let selection = olderThan.map { UserSelection.olderThan(seconds: $0.seconds) } ?? .names(names)
            let marking = Marking(service: lane.service, priority: lane.priority, selection: selection)
            try await cluster.show(.recheck(marking)) { outcome in
                TextTable.facts(
                    [("queued again", "\(outcome.requeued)"), ("waiting already", "\(outcome.running)")]
                        + outcome.unknown.map { ("unknown", $0) })
            }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List users, by state if asked.")

        @Option(
            help: "unmarked, pending, bucketed, leased, done or failed.",
            completion: .list(["unmarked", "pending", "bucketed", "leased", "done", "failed"]))
        var state: String?

        @Option(help: "Only names that begin so.")
        var prefix: String?

        @Option(help: "At most so many.")
        var limit: Int?

        @OptionGroup var lane: Lane
        @OptionGroup var cluster: ClusterOptions

        func validate() throws {
            guard (limit ?? 1) > 0 else { throw ValidationError("--limit is at least 1.") }
        }

        func run() async throws {
            let call = Call.users(
                service: lane.service, state: state, priority: lane.priority, prefix: prefix)
            let table = TextTable("NAME", "ACCOUNT", "STATE", "PRIORITY", "ATTEMPT")
            try await cluster.list(call, limit: limit, table) { user in
                [
                    user.screenName, user.accountID ?? "-", user.state, user.priority ?? "-",
                    user.attempt.map(String.init) ?? "-",
                ]
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a user and all that is known of it.")

        @Argument(help: "The screen name.")
        var name: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            try await cluster.perform(.deleteUser(name), "deleted \(name)")
        }
    }
}
