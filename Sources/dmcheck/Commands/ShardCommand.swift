import ArgumentParser
import CheckClient

struct ShardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shard", abstract: "The shards of the key space.",
        subcommands: [List.self, Move.self, ShardRecoverCommand.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every shard, its leader, its replicas and what moves.",
            discussion: """
                A replica is NODE:ROLE@INDEX: the last entry of the shard's log that it has applied. MOVE is the stage \
                of a change: adding, copying (with how far), joint, leading, removing; or what it waits for.
                """)

        @OptionGroup var cluster: ClusterOptions

        @Flag(help: "Ask every replica for the digest of its contents.")
        var digest = false

        func run() async throws {
            try await cluster.show(.cluster(digest: digest)) { ClusterReport($0).shards }
        }
    }

    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Have a node lead a shard, with a replica there first if it must.")

        @Argument(help: "The shard's id.")
        var id: String

        @Option(help: ArgumentHelp("The node that is to lead it.", valueName: "name"))
        var to: String

        @OptionGroup var waiting: WaitOptions
        @OptionGroup var cluster: ClusterOptions

        func run() async throws {
            try await waiting.perform(
                .moveShard(id, to: to), cluster, begun: "shard \(id) is on its way to \(to)",
                done: "\(to) leads shard \(id)"
            ) { [id, to] answer in
                guard let shard = answer.shards.first(where: { $0.id == id }) else { return "there is no shard \(id)" }
                guard shard.leader != to else { return nil }
                return "shard \(id): "
                    + (ClusterReport(answer).move(of: shard) ?? "led by \(shard.leader ?? "no node")")
            }
        }
    }
}
