import ArgumentParser
import CheckClient

struct ServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service", abstract: "The kinds of check.",
        subcommands: [List.self, Show.self, Set.self, Pause.self, Resume.self, Revoke.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the services.")

        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            try await cluster.list(.services, TextTable("NAME", "SCHEMA", "STATE")) { service in
                [service.name, service.schema, service.state]
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a service and its settings.")

        @Argument(help: "The service's name.")
        var name: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.show(.service(name), \.text) }
    }

    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a service, or change the settings that are named.",
            discussion: "For example: dmcheck service set dmcheck leaseSeconds=600 redundancy=2")

        @Argument(help: "The service's name.")
        var name: String

        @Argument(help: ArgumentHelp("Settings, whole numbers.", valueName: "setting=number"))
        var settings: [Assignment] = []

        @Option(help: "What a result says; only when the service is made.", completion: .list(["verdict"]))
        var schema: String?

        @OptionGroup var cluster: ClusterOptions

        func validate() throws { _ = try numbers() }

        func run() async throws {
            let change = ServiceChange(schema: schema, settings: try numbers())
            try await cluster.show(.setService(name, change), \.text)
        }

        private func numbers() throws -> [String: Int] {
            var numbers: [String: Int] = [:]
            for setting in settings {
                guard case .integer(let value) = setting.value, let number = Int(exactly: value) else {
                    throw ValidationError("\(setting.path.joined(separator: ".")) takes a whole number.")
                }
                numbers[setting.path.joined(separator: ".")] = number
            }
            return numbers
        }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Grant no leases of a service for now.")

        @Argument(help: "The service's name.")
        var name: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.perform(.pauseService(name), "\(name) is paused") }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Grant leases of a service again.")

        @Argument(help: "The service's name.")
        var name: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.perform(.resumeService(name), "\(name) is active") }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "End a service; its past stays.")

        @Argument(help: "The service's name.")
        var name: String

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.perform(.revokeService(name), "\(name) is revoked") }
    }
}

extension Service {
    /// What people read about a service.
    fileprivate var text: String {
        TextTable.facts(
            [(name: "name", value: name), (name: "schema", value: schema), (name: "state", value: state)]
                + settings.sorted { $0.key < $1.key }.map { (name: $0.key, value: "\($0.value)") })
    }
}
