import ArgumentParser
import CheckClient
import Foundation

struct WorkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "work", abstract: "Volunteer: take leases, check their users, report.",
        discussion: """
            The profile is the volunteer's identity; it is made when the file does not exist. Stopped with SIGTERM or \
            SIGINT, a volunteer reports what it found and gives the rest back; killed and started again, it goes on \
            with the leases it held.

            Checkers:
              builtin:demo  the verdict follows from the name alone; asks nobody.
              exec:COMMAND  one run of COMMAND (by /bin/sh) for each lease. It reads
                            users from standard input to its end, one JSON object
                            a line: {"screenName": "...", "accountID": "..."},
                            and writes results, {"screenName": "...", "verdict":
                            "dm"}, one a line, in any order, each as soon as it
                            has it. Users that it leaves out are given back.
                            Another exit status than 0 is a failure: what was not
                            answered is tried again, and after three failures in
                            a row without a result the volunteer stops.
              http:URL      one POST of one user as JSON to URL, answered 200 with
                            one result as JSON; one request at a time for each of
                            --processes.

            Verdicts: dm, non_dm, unknown, nonexistent, protected, suspended. Whatever the checker, no more than 180 \
            users are handed to it in any 15 minutes, times --speed, shared by all --processes.
            """)

    @OptionGroup var node: NodeOptions

    @Option(help: ArgumentHelp("The volunteer's profile; made if it is new.", valueName: "file"), completion: .file())
    var profile: String

    @Option(
        help: ArgumentHelp("Who checks: builtin:demo, exec:COMMAND or http:URL.", valueName: "checker"),
        completion: .list(["builtin:demo", "exec:", "http:"]))
    var checker = CheckerChoice.demo

    @Option(help: "Leases that are worked on at once, under the one identity.")
    var processes = 1

    @Option(help: "How many times as fast as the platform allows.")
    var speed = 1.0

    @Option(help: "The service to work for (dmcheck).")
    var service: String?

    @Option(help: "An invitation, where the cluster asks for one.")
    var invite: String?

    func validate() throws {
        guard (1...Limits.workers).contains(processes) else {
            throw ValidationError("--processes is 1 to \(Limits.workers).")
        }
        guard Limits.speeds.contains(speed) else {
            throw ValidationError("--speed is \(Limits.speeds.lowerBound) to \(Int(Limits.speeds.upperBound)).")
        }
    }

    func run() async throws {
        let profile = try Profile.open(profile)
        let checker = try checker.checker()
        // Repeating is the volunteer's decision, so its client has no patience.
        let client = try node.client(as: profile, patienceSeconds: 0, connections: 2 * processes + 2)
        var generator = SystemRandomNumberGenerator()
        let configuration = VolunteerConfiguration(
            workers: processes, speed: speed, service: service,
            keyPrefix: String(UInt64.random(in: .min ... .max, using: &generator), radix: 36),
            seed: .random(in: .min ... .max, using: &generator))
        let journal = WorkJournal(json: node.json)
        let run = VolunteerRun(
            client: client, profile: profile, invite: invite, checker: checker, configuration: configuration,
            tell: journal.note)
        let signals = StopSignals()
        let outcome = try await ClusterClient.with(client) { _ in await run.run(stops: signals.sequence) }
        Terminal.endProgress()
        if case .failed(let reason) = outcome { throw CommandFailure(reason) }
    }
}
