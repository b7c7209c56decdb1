import ArgumentParser
import CheckClient
import Foundation
import Node

struct ShardRecoverCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recover", abstract: "Go on with this folder's replicas where a majority is gone for good.",
        discussion: """
            For a node that does not run. Its replicas become the only voters of every group of which no majority is left; \
            what the others acknowledged and this node does not have is lost. All other members are taken for gone, or \
            those of --gone. None of them may ever be started again with its folder.
            """)

    @Flag(help: "What this node does not have is given up.")
    var acceptDataLoss = false

    @Option(help: ArgumentHelp("The folder of the node that goes on.", valueName: "dir"), completion: .directory)
    var data: String

    @Option(
        help: ArgumentHelp(
            "A member that is gone for good; may be repeated. All others if not given.", valueName: "name"))
    var gone: [String] = []

    @Flag(help: "Answer in JSON.")
    var json = false

    func validate() throws {
        guard acceptDataLoss else {
            throw ValidationError(
                "This gives up what the others have and this node has not; say --accept-data-loss, when they are gone for good."
            )
        }
    }

    func run() throws {
        let report: RecoveryReport
        do {
            report = try Recovery.run(data, gone: gone.isEmpty ? nil : gone, at: Wording.time(Date()))
        } catch {
            throw CommandFailure("\(error)")
        }
        Terminal.output(json ? String(decoding: try JSONCoding.encode(report), as: UTF8.self) : Self.text(report))
    }

    private static func text(_ report: RecoveryReport) -> String {
        var table = TextTable("GROUP", "OUTCOME", "WHAT MAY BE LOST")
        let rows = report.groups.map { group in
            guard group.outcome == .recovered else {
                return [group.name, "left alone", "nothing: it has its majority, or another node is nearer to it"]
            }
            let kept = group.lastEntry - group.committedEntry
            return [
                group.name, "recovered",
                "what others acknowledged after entry \(group.lastEntry)"
                    + (kept > 0 ? "; the last \(kept) are kept, acknowledged or not" : ""),
            ]
        }
        let removals = report.gone.map { "dmcheck node remove \($0)" }.joined(separator: "; ")
        return table.lines(rows).joined(separator: "\n") + "\n" + """
            \(report.node) goes on with \(report.recovered) of \(report.groups.count) groups; noted in recoveries.log
            next: start this node; then \(removals.isEmpty ? "add nodes" : removals), and add new nodes with empty folders
            """
    }
}
