import ArgumentParser
import CheckClient
import Foundation

/// The options of a command that talks to a cluster as a volunteer.
struct NodeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A node's base URL; may be repeated.", valueName: "url"))
    var url: [String] = []

    @Option(
        help: ArgumentHelp("The authority that signed the nodes' certificates (PEM).", valueName: "file"),
        completion: .file())
    var ca: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    /// A client that acts as the profile's volunteer: from options, the environment, or the profile itself.
    func client(as profile: Profile, patienceSeconds: Double? = nil, connections: Int = 8) throws -> ClusterClient {
        let environment = ProcessInfo.processInfo.environment
        let urls = url.isEmpty ? environment["DMCHECK_URL"].map { [$0] } ?? profile.url ?? [] : url
        let authority = ca ?? environment["DMCHECK_CA"] ?? profile.ca
        return try ClusterClient(
            nodes: try NodeAddress.given(urls), credential: profile.credential,
            trust: authority.map { .authority(file: $0) } ?? .system, patienceSeconds: patienceSeconds,
            connections: connections)
    }

    /// Makes a call and shows its answer.
    func show<Answer>(_ call: Call<Answer>, as profile: Profile, _ render: (Answer) -> String) async throws {
        let answer = try await ClusterClient.with(try client(as: profile)) { try await $0.send(call.verbatim) }
        Terminal.output(json ? try answer.json.line : render(answer.value))
    }
}

extension ClusterOptions {
    /// What of them a volunteer needs. Options can be parsed only: those that an initializer sets cannot be read.
    func asVolunteer() throws -> NodeOptions {
        try NodeOptions.parse(
            url.map { "--url=\($0)" } + (ca.map { ["--ca=\($0)"] } ?? []) + (json ? ["--json"] : []))
    }
}
