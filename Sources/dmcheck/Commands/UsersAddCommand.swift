import ArgumentParser
import CheckClient
import Foundation

struct UsersAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Add users from a file of any length, or by name.",
        discussion: """
            FILE is CSV with a header (screenName, accountID) or NDJSON, one user a line; - is standard input. \
            Nothing is marked unless --mark, --service or --priority is given.
            """)

    @Argument(help: "A CSV or NDJSON file; - for standard input.", completion: .file(extensions: ["csv", "ndjson"]))
    var file: String?

    @Option(help: ArgumentHelp("A user by name; may be repeated.", valueName: "name"))
    var user: [String] = []

    @Option(help: "csv or ndjson; without it the file's name tells.", completion: .list(["csv", "ndjson"]))
    var format: StreamFormat?

    @Flag(help: "Have them checked.")
    var mark = false

    @OptionGroup var lane: UsersCommand.Lane
    @OptionGroup var cluster: ClusterOptions

    func validate() throws {
        guard (file == nil) != user.isEmpty else {
            throw ValidationError("Say which users: a FILE, or --user NAME, not both.")
        }
        guard file == nil || streamFormat != nil else {
            throw ValidationError("Say how FILE is written: --format csv or --format ndjson.")
        }
    }

    private var streamFormat: StreamFormat? {
        if let format { return format }
        return switch file.map({ URL(fileURLWithPath: $0).pathExtension.lowercased() }) {
        case "csv": .csv
        case "ndjson", "jsonl": .ndjson
        default: nil
        }
    }

    func run() async throws {
        let marks = mark || lane.service != nil || lane.priority != nil
        let marking = marks ? Mark(service: lane.service ?? "dmcheck", priority: lane.priority) : nil
        guard let file, let streamFormat else {
            try await cluster.show(.addUsers(user.map { UserReference(screenName: $0) }, mark: marking), Self.text)
            return
        }
        let pieces = try FilePieces(path: file, progress: { Terminal.progress("sent \($0 >> 20) MiB") })
        let outcome = try await cluster.connected {
            try await $0.importUsers(pieces, format: streamFormat, mark: marking)
        }
        Terminal.endProgress()
        Terminal.output(cluster.json ? try outcome.json.line : Self.text(outcome.value))
    }

    private static func text(_ outcome: ImportOutcome) -> String {
        var facts = [
            (name: "added", value: "\(outcome.added)"), (name: "existing", value: "\(outcome.existing)"),
            (name: "marked", value: "\(outcome.marked)"), (name: "invalid", value: "\(outcome.invalidCount)"),
        ]
        for row in outcome.invalid { facts.append(("line \(row.line)", "\(row.reason): \(row.value ?? "")")) }
        return TextTable.facts(facts)
    }
}

extension StreamFormat: ExpressibleByArgument {}
