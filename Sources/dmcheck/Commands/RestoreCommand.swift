import ArgumentParser
import CheckClient
import Foundation
import Node

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a backup the data folder of a new cluster of one node.",
        discussion: """
            The folder must be empty. The new cluster has an authority, certificates and an operator's token of its own; \
            users, what is known of them, services, settings, clients and live leases are those of the backup. Start it \
            with dmcheck start --data DIR, and add nodes as to any other.
            """)

    @Argument(help: ArgumentHelp("What dmcheck backup has written.", valueName: "file"), completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The folder.", valueName: "dir"), completion: .directory)
    var data: String

    @Flag(help: "Answer in JSON.")
    var json = false

    func run() throws {
        let report: RestoreReport
        do {
            report = try Restore.run(file, into: data)
        } catch {
            throw CommandFailure("\(error)")
        }
        guard !json else { return Terminal.output(String(decoding: try JSONCoding.encode(report), as: UTF8.self)) }
        Terminal.output(
            """
            \(data): cluster \(report.cluster) with the \(report.shards) shards that cluster \(report.from) had at \
            \(report.takenAt)
            next: dmcheck start --data \(data); the operator's token is \(data)/operator.token, clients need \
            \(data)/certs/ca.pem
            """)
    }
}
