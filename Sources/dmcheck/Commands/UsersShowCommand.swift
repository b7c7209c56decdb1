import ArgumentParser
import CheckClient

struct UsersShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show what is known of a user, and whose word it is.")

    @Argument(help: "The screen name.")
    var name: String

    @Option(help: ArgumentHelp("What was believed then (RFC 3339).", valueName: "time"))
    var asOf: String?

    @Flag(help: "Everything that happened to the user, in order.")
    var events = false

    @OptionGroup var cluster: ClusterOptions

    func validate() throws {
        guard !events || asOf == nil else { throw ValidationError("--events shows all times; leave --as-of out.") }
    }

    func run() async throws {
        if events {
            try await cluster.list(.userEvents(name), TextTable("TIME", "EVENT", "DETAILS"), Event.cells)
        } else {
            try await cluster.show(.user(name, asOf: asOf), Self.text)
        }
    }

    private static func text(_ user: UserRecord) -> String {
        var facts = [
            ("name", user.screenName), ("account", user.accountID ?? "-"), ("added", Wording.time(user.addedAt)),
        ]
        for task in user.tasks {
            let details = [task.priority, task.attempt.map { "attempt \($0)" }].compactMap(\.self)
            facts.append(("task", ([task.service, task.state] + details).joined(separator: ", ")))
        }
        for verdict in user.verdicts {
            let until = verdict.validTo.map(Wording.time) ?? "now"
            facts.append(
                (
                    verdict.conditional ? "conditional" : "verdict",
                    "\(verdict.service): \(verdict.verdict), \(Wording.time(verdict.validFrom)) to \(until), "
                        + "by \(verdict.clients.joined(separator: " "))"
                ))
        }
        return TextTable.facts(facts.map { (name: $0.0, value: $0.1) })
    }
}

extension Event {
    /// The cells of a log's table.
    static func cells(_ event: Event) -> [String] {
        [Wording.time(event.at), event.kind, JSONValue.object(event.fields).text]
    }
}
