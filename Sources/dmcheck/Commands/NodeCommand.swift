import ArgumentParser
import CheckClient

struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "The cluster's nodes.", subcommands: [List.self, Drain.self, Remove.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every node and how it is.",
            discussion: """
                STATE is what the cluster has decided (joining, active, draining, lost), HEALTH what the nodes see of \
                each other (alive, suspect, dead). ARRIVING are shards on their way to the node, LEAVING those that it \
                holds and is not wanted to.
                """)

        @OptionGroup var cluster: ClusterOptions

        func run() async throws { try await cluster.show(.cluster()) { ClusterReport($0).nodes } }
    }

    struct Drain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Move everything away from a node; it stays a member that holds nothing.",
            discussion: "For example before its machine is replaced. Refused when data would be lost.")

        @Argument(help: "The node's name.")
        var name: String

        @OptionGroup var waiting: WaitOptions
        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            try await waiting.perform(
                .drainNode(name), cluster, begun: "\(name) is being drained; dmcheck node list says how far it is",
                done: "\(name) holds nothing any more"
            ) { [name] in ClusterReport($0).holdings(of: name) }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Move everything away from a node, also a dead one, and take it out of the cluster.",
            discussion: """
                Its identity is refused from then on: to come back it starts with an empty folder and a new token. \
                Refused when data would be lost.
                """)

        @Argument(help: "The node's name.")
        var name: String

        @OptionGroup var waiting: WaitOptions
        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            try await waiting.perform(
                .removeNode(name), cluster, begun: "\(name) is being removed; dmcheck node list says how far it is",
                done: "\(name) is removed"
            ) { [name] answer in
                guard answer.members.contains(where: { $0.name == name }) else { return nil }
                return ClusterReport(answer).holdings(of: name) ?? "\(name) is still a member"
            }
        }
    }
}
