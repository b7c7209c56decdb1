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
        } else {
            do {
                try await run.measure()
            } catch {
                // What was measured before the failure is worth seeing.
                FileHandle.standardError.write(Data("\(FigureTable(figures: run.figures).text())\n".utf8))
                throw error
            }
            let table = FigureTable(figures: run.figures)
            print(json ? try table.json() : table.text())
        }
        try await group.shutdownGracefully()
    }
}
