import ArgumentParser
import Foundation
import NIOCore
import NIOPosix

/// Measures a real node on this machine against what this machine can do.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dmcheck-bench",
        abstract: "Measures a node against raw SQLite on the same disk, in the same run.",
        discussion: "Scripts/bench calls this; it makes the folder, finds the ports and cleans up."
    )

    @Option(help: "The dmcheck program.")
    var program: String

    @Option(help: "An empty folder on the disk to be measured.")
    var folder: String

    @Option(help: "The node's HTTP port; the next one is its peer port.")
    var port: Int

    @Option(help: "How many users are stored.")
    var users = Limits.users

    @Flag(help: "Print the figures as JSON.")
    var json = false

    @Flag(help: "Measure a cluster of three nodes; node I has the port and 10 (I - 1) more.")
    var cluster = false

    @Flag(help: "Only the baseline.")
    var baselineOnly = false

    func validate() throws {
        guard users >= 50_000 else {
            throw ValidationError("fewer than 50000 users are checked before anything is measured")
        }
    }

    func run() async throws {
        let clock = ContinuousClock()
        let began = clock.now
        // One thread: the client must leave the node its share of the machine.
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var run = Run(program: program, folder: folder, port: port, users: users, group: group) { text in
            let seconds = Int((clock.now - began).seconds)
            FileHandle.standardError.write(Data("[\(seconds) s] \(text)\n".utf8))
        }
        if baselineOnly {
            print(plain(try run.baseline()), "users/s")
        } else if cluster {
            var measured = ClusterRun(run: run)
            let outcome = await outcome { try await measured.measure() }
            try show(measured.figures, outcome)
        } else {
            let outcome = await outcome { try await run.measure() }
            try show(run.figures, outcome)
        }
        try await group.shutdownGracefully()
    }

    private func outcome(_ body: () async throws -> Void) async -> Result<Void, any Error> {
        do {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    private func show(_ figures: [Figure], _ outcome: Result<Void, any Error>) throws {
        let table = FigureTable(figures: figures)
        if case .failure(let error) = outcome {
            // What was measured before the failure is worth seeing.
            FileHandle.standardError.write(Data("\(table.text())\n".utf8))
            throw error
        }
        print(json ? try table.json() : table.text())
    }
}
