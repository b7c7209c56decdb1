import ArgumentParser
import CheckClient

struct CountsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "counts", abstract: "How many users stand where, and what was found.")

    @Option(help: "The service (dmcheck).")
    var service: String?

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        try await cluster.show(.counts(service: service)) { counts in
            var facts = [
                (name: "unmarked", value: "\(counts.unmarked)"), (name: "pending", value: "\(counts.pending)"),
                (name: "bucketed", value: "\(counts.bucketed)"), (name: "leased", value: "\(counts.leased)"),
                (name: "done", value: "\(counts.done)"), (name: "failed", value: "\(counts.failed)"),
                (name: "deleted", value: "\(counts.deleted)"),
            ]
            facts += counts.byVerdict.sorted { $0.key < $1.key }.map { ("  \($0.key)", "\($0.value)") }
            if let oldest = counts.oldestWaitingSeconds {
                facts.append(("oldest waits", Wording.duration(seconds: oldest)))
            }
            return TextTable.facts(facts)
        }
    }
}

struct LimitsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "limits", abstract: "The limits that the cluster advertises, and where they come from.")

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        try await cluster.list(.limits, TextTable("NAME", "VALUE", "UNIT", "SOURCE")) { limit in
            [limit.name, Wording.number(limit.value), limit.unit, limit.source]
        }
    }
}

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "stats", abstract: "The cluster's figures.")

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        try await cluster.show(.stats) { stats in
            let perUser = [
                ("statements per user", stats.databaseStatementsPerUser),
                ("bytes per user", stats.databaseBytesPerUser),
                ("fsyncs per user", stats.fsyncsPerUser),
            ]
            var facts = [
                (name: "users", value: "\(stats.users)"), (name: "tasks", value: Wording.tally(stats.tasksByState)),
                (name: "clients", value: Wording.tally(stats.clientsByState)),
                (name: "leases", value: "\(stats.leasesLive)"),
                (name: "grants", value: Wording.number(stats.grantsPerSecond) + " a second"),
                (name: "results", value: Wording.number(stats.resultsPerSecond) + " a second"),
            ]
            for (name, value) in perUser {
                if let value { facts.append((name, Wording.number(value))) }
            }
            if let oldest = stats.oldestWaitingSeconds {
                facts.append(("oldest waits", Wording.duration(seconds: oldest)))
            }
            return TextTable.facts(facts)
        }
    }
}

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write every user with its verdict, as NDJSON or CSV.")

    @Option(help: "The service (dmcheck).")
    var service: String?

    @Option(help: "ndjson or csv.", completion: .list(["ndjson", "csv"]))
    var format = StreamFormat.ndjson

    @OptionGroup var cluster: ClusterOptions

    func validate() throws {
        guard !cluster.json || format == .ndjson else {
            throw ValidationError("--json writes NDJSON; leave --format out.")
        }
    }

    func run() async throws {
        try await cluster.connected { client in
            for try await piece in try await client.export(service: service, format: format) {
                Terminal.output(piece)
            }
        }
    }
}
