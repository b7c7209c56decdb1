import ArgumentParser
import CheckClient

struct NodeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "node", abstract: "The cluster's nodes.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show every node and how it is.")

        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            try await cluster.show(.cluster()) { answer in
                var table = TextTable(
                    "NAME", "STATE", "HEALTH", "HTTP", "PEER", "ZONE", "WEIGHT", "SHARDS", "LEADERS")
                return table.lines(
                    answer.members.map {
                        [
                            $0.name, $0.state, $0.health, $0.http, $0.peer, $0.zone, "\($0.weight)", "\($0.shards)",
                            "\($0.leaders)",
                        ]
                    }
                ).joined(separator: "\n")
            }
        }
    }
}

struct ShardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shard", abstract: "The shards of the key space.", subcommands: [List.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show every shard, its leader and its replicas.")

        @OptionGroup var cluster: ClusterOptions

        @Flag(help: "Ask every replica for the digest of its contents.")
        var digest = false

        func run() async throws {
            try await cluster.show(.cluster(digest: digest)) { answer in
                var table = TextTable("SHARD", "LEADER", "TERM", "REPLICAS")
                return table.lines(
                    answer.shards.map { shard in
                        let replicas = shard.replicas.map { replica in
                            "\(replica.node):\(replica.role)@\(replica.applied)"
                                + (replica.digest.map { "=\($0)" } ?? "")
                        }
                        return [shard.id, shard.leader ?? "-", "\(shard.term)", replicas.joined(separator: " ")]
                    }
                ).joined(separator: "\n")
            }
        }
    }
}
