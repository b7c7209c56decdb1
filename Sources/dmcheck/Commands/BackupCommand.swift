import ArgumentParser
import CheckClient
import Node

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Write everything the cluster holds into one file, while it serves.",
        discussion: """
            Each shard is in it as of one moment, with everything that was acknowledged before. Every node must be \
            reachable under the address that it advertises. The file is read back before it gets its name. It is private \
            (0600): whoever has it has all users, what is known of them, and the keys that place and hide their names; the \
            cluster's authority and operators' tokens are not in it.
            """)

    @Option(help: ArgumentHelp("The file; it must not exist.", valueName: "file"), completion: .file())
    var out: String

    @OptionGroup var cluster: ClusterOptions

    func run() async throws {
        do {
            try await cluster.connected { client in
                let manifest = try await client.send(CheckClient.Call<BackupManifest>(.GET, "v1", "backup"))
                let writer = try BackupWriter(path: out, manifest: manifest)
                var source = ShardSource(client: client)
                for shard in 1...max(1, manifest.shards) {
                    Terminal.progress("shard \(shard) of \(manifest.shards)")
                    try await source.copy(shard: shard, to: writer)
                }
                let bytes = try writer.finish()
                Terminal.endProgress()
                report(manifest, bytes)
            }
        } catch let error as BackupError {
            throw CommandFailure("\(error)")
        }
    }

    private func report(_ manifest: BackupManifest, _ bytes: Int) {
        guard cluster.json else {
            return Terminal.output(
                "\(out): \(manifest.shards) shards of cluster \(manifest.cluster), \(bytes) bytes, written and read back; "
                    + "keep it private and elsewhere")
        }
        let answer = CheckClient.JSONValue.object([
            "file": .string(out), "cluster": .string(manifest.cluster), "takenAt": .string(manifest.takenAt),
            "shards": .integer(Int64(manifest.shards)), "bytes": .integer(Int64(bytes)),
        ])
        Terminal.output((try? answer.line) ?? "")
    }
}
