import ArgumentParser
import CheckClient

struct ClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client", abstract: "The volunteers.",
        subcommands: [
            ClientRegisterCommand.self, ClientUnregisterCommand.self, List.self, Show.self, Activity.self,
            Quarantine.self, Reinstate.self, Reset.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the clients.")

        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            let table = TextTable(
                "ID", "NAME", "STATE", "LAST ACCESS", "ASSIGNED", "DONE", "DEAD", "RELEASED", "HELD")
            try await cluster.list(.clients, table) { client in
                let statistics = client.statistics
                return [
                    client.id, client.screenName, client.state, Wording.time(client.lastAccessAt),
                    "\(statistics.bucketsAssigned)", "\(statistics.bucketsDone)", "\(statistics.bucketsDead)",
                    "\(statistics.bucketsReleased)", "\(statistics.bucketsHeld)",
                ]
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a client and what it did.")

        @Argument(help: "The client's id.")
        var id: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.show(.client(id), \.text) }
    }

    struct Activity: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a client's log.")

        @Argument(help: "The client's id.")
        var id: String

        @Option(help: ArgumentHelp("From then on (RFC 3339).", valueName: "time"))
        var from: String?

        @Option(help: ArgumentHelp("Before then (RFC 3339).", valueName: "time"))
        var to: String?

        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            let call = Call<Page<Event>>.clientActivity(id, from: from, to: to)
            try await cluster.list(call, TextTable("TIME", "EVENT", "DETAILS"), Event.cells)
        }
    }

    struct Quarantine: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a client take no more leases.")

        @Argument(help: "The client's id.")
        var id: String

        @Option(help: "Why; the client is told.")
        var reason: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            try await cluster.perform(.quarantine(id, reason: reason), "\(id) is quarantined")
        }
    }

    struct Reinstate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a client take leases again.")

        @Argument(help: "The client's id.")
        var id: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.perform(.reinstate(id), "\(id) may take leases again") }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a client's leases and let its id register with a new secret and screen name.")

        @Argument(help: "The client's id.")
        var id: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.perform(.reset(id), "\(id) may register anew") }
    }
}

extension Client {
    /// What people read about a client.
    fileprivate var text: String {
        var facts = [
            (name: "id", value: id), (name: "name", value: screenName),
            (name: "state", value: state + (reason.map { ": \($0)" } ?? "")),
            (name: "first registered", value: Wording.time(firstRegisteredAt)),
            (name: "last registered", value: Wording.time(lastRegisteredAt)),
            (name: "last access", value: Wording.time(lastAccessAt)),
            (name: "buckets assigned", value: "\(statistics.bucketsAssigned)"),
            (name: "buckets done", value: "\(statistics.bucketsDone)"),
            (name: "buckets dead", value: "\(statistics.bucketsDead)"),
            (name: "buckets released", value: "\(statistics.bucketsReleased)"),
            (name: "buckets held", value: "\(statistics.bucketsHeld)"),
            (name: "users in window", value: "\(statistics.usersInWindow)"),
            (
                name: "verdicts",
                value: statistics.usersByVerdict.isEmpty ? "-" : Wording.tally(statistics.usersByVerdict)
            ),
            (name: "faults", value: statistics.faults.isEmpty ? "-" : Wording.tally(statistics.faults)),
        ]
        if let rate = statistics.agreementRate { facts.append(("agreement", Wording.number(rate * 100) + " %")) }
        return TextTable.facts(facts)
    }
}
