import ArgumentParser
import CheckClient
import Foundation

/// The options of every command that talks to a cluster as its operator.
struct ClusterOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A node's base URL; may be repeated.", valueName: "url"))
    var url: [String] = []

    @Option(
        help: ArgumentHelp("The authority that signed the nodes' certificates (PEM).", valueName: "file"),
        completion: .file())
    var ca: String?

    @Option(help: ArgumentHelp("The file with the operator's token.", valueName: "file"), completion: .file())
    var tokenFile: String?

    @Option(help: ArgumentHelp("The local data folder.", valueName: "dir"), completion: .directory)
    var data: String?

    @Flag(help: "Answer in JSON.")
    var json = false

    /// Uses a client that acts as the operator.
    func connected<Result: Sendable>(_ body: (ClusterClient) async throws -> Result) async throws -> Result {
        let environment = ProcessInfo.processInfo.environment
        let location = ClusterLocation(
            urls: url, authority: ca, tokenFile: tokenFile, environment: environment,
            folder: data ?? environment["DMCHECK_DATA"] ?? "./dmcheck-data",
            read: { FileManager.default.contents(atPath: $0) })
        guard let tokenFile = location.tokenFile else {
            throw ValidationError(
                "No operator's token: give --token-file FILE, or --data with the founding node's folder.")
        }
        guard let token = FileManager.default.contents(atPath: tokenFile) else {
            throw CommandFailure(
                "cannot read the operator's token from \(tokenFile); give another file with --token-file")
        }
        let client = try ClusterClient(
            nodes: try NodeAddress.given(location.urls),
            credential: try Credential(token: String(decoding: token, as: UTF8.self)),
            trust: location.authority.map { .authority(file: $0) } ?? .system)
        return try await ClusterClient.with(client, body)
    }

    /// Makes a call and shows its answer: the whole JSON, or what `render` makes of it for people.
    func show<Answer>(_ call: Call<Answer>, _ render: (Answer) -> String) async throws {
        let answer = try await connected { try await $0.send(call.verbatim) }
        Terminal.output(json ? try answer.json.line : render(answer.value))
    }

    /// Makes a call that answers nothing, and says what was done.
    func perform(_ call: Call<Done>, _ done: String) async throws {
        let answer = try await connected { try await $0.send(call.verbatim) }
        Terminal.output(json ? try answer.json.line : done)
    }

    /// Shows a listing: a table in parts of a page each, or one JSON object with all items.
    func list<Item>(
        _ call: Call<Page<Item>>, limit: Int? = nil, _ table: TextTable, _ cells: @escaping (Item) -> [String]
    ) async throws {
        try await connected { client in
            var output = ListingOutput(json: json, table: table, cells: cells)
            var left = limit ?? .max
            for try await item in client.items(of: call.verbatimItems()) where left > 0 {
                try output.add(item)
                left -= 1
                if left == 0 { break }
            }
            output.end()
        }
    }
}

extension NodeAddress {
    /// Base URLs from the command line; what is none is wrong usage.
    static func given(_ urls: [String]) throws -> [NodeAddress] {
        do {
            return try list(urls)
        } catch {
            throw ValidationError("\(error)")
        }
    }
}

extension JSONValue {
    /// As one line.
    var line: String {
        get throws { String(decoding: try JSONCoding.encode(self), as: UTF8.self) }
    }
}
