import CheckClient
import Configuration
import Foundation

/// What `dmcheck start` is told, from four places; the first that says something counts: flags, `DMCHECK_*` of the
/// environment, the JSON file of `--config`, defaults.
package struct StartSettings: Hashable, Sendable {
    package var data: String
    package var name: String
    package var http: String
    package var peer: String
    package var advertise: String
    package var zone: String
    package var weight: Int
    package var shards: Int
    package var replicas: Int
    package var insecureHTTP: Bool
    /// Peer addresses of members, `HOST:PORT`; none: an empty folder founds a cluster.
    package var join: [String]
    /// The file with the join token.
    package var joinTokenFile: String?

    package static let weights = 1...1000
    package static let shardCounts = 1...1024
    package static let replicaCounts = 1...7
    /// By default a node has its host's name, and DNS allows so many characters.
    private static let longestLabel = 255
    private static let keys: Set = [
        "data", "name", "http", "peer", "advertise", "zone", "weight", "shards", "replicas", "insecureHTTP", "join",
        "joinTokenFile",
    ]

    /// Whether a node or a zone may be called so: names go into paths, headers and tables as they are.
    static func isLabel(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= longestLabel else { return false }
        let isWord = { (byte: UInt8) in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        return isWord(first) && text.utf8.allSatisfy { isWord($0) || ".-_".utf8.contains($0) }
    }

    /// Nodes may be in no zone.
    static func isZone(_ text: String) -> Bool { text.isEmpty || isLabel(text) }

    static let labelRule = "letters, digits and . - _, a letter or digit first"

    /// Puts it together.
    ///
    /// - Parameters:
    ///   - flags: What the command line says, by the names that a configuration file uses.
    ///   - environment: `DMCHECK_DATA`, `DMCHECK_HTTP`, `DMCHECK_INSECURE_HTTP` and so on; `DMCHECK_JOIN` with commas.
    ///   - file: A JSON object with the same names: `data`, `http`, `insecureHTTP`, `join` (a list), ...
    ///   - hostName: The name of a node that is given none.
    /// - Throws: ``CommandFailure`` when the file or a value in it cannot be used.
    package init(
        flags: [String: StartFlag], environment: [String: String], file: String?, hostName: String
    ) async throws {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (name, flag) in flags { values[AbsoluteConfigKey([name])] = flag.value }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: values),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "dmcheck"),
        ]
        if let file { providers.append(try await Self.provider(file)) }
        let reader = SettingsReader(reader: ConfigReader(providers: providers))
        data = try await reader.text("data") ?? "./dmcheck-data"
        name = try await reader.text("name") ?? hostName
        http = try await reader.text("http") ?? "127.0.0.1:7480"
        peer = try await reader.text("peer") ?? "127.0.0.1:7481"
        advertise = try await reader.text("advertise") ?? "127.0.0.1"
        zone = try await reader.text("zone") ?? ""
        weight = try await reader.number("weight", in: Self.weights) ?? 1
        shards = try await reader.number("shards", in: Self.shardCounts) ?? 16
        replicas = try await reader.number("replicas", in: Self.replicaCounts) ?? 3
        insecureHTTP = try await reader.flag("insecureHTTP") ?? false
        join = try await reader.texts("join") ?? []
        joinTokenFile = try await reader.text("joinTokenFile")
        guard Self.isLabel(name) else { throw CommandFailure("name is '\(name)'; give \(Self.labelRule)") }
        guard Self.isZone(zone) else { throw CommandFailure("zone is '\(zone)'; give \(Self.labelRule)") }
    }

    private static func provider(_ file: String) async throws -> any ConfigProvider {
        guard let contents = FileManager.default.contents(atPath: file) else {
            throw CommandFailure("cannot read the configuration \(file); give a JSON object with --config")
        }
        guard let object = try? JSONDecoder().decode([String: JSONValue].self, from: contents) else {
            throw CommandFailure("the configuration \(file) is no JSON object; correct it")
        }
        if let unknown = object.keys.sorted().first(where: { !keys.contains($0) }) {
            let known = keys.sorted().joined(separator: ", ")
            throw CommandFailure("the configuration \(file) has '\(unknown)', which is no setting; there are \(known)")
        }
        let place: [AbsoluteConfigKey: ConfigValue] = [["filePath"]: ConfigValue(.string(file), isSecret: false)]
        do {
            return try await FileProvider<JSONSnapshot>(
                config: ConfigReader(provider: InMemoryProvider(name: "place", values: place)))
        } catch {
            throw CommandFailure("cannot use the configuration \(file): \(error); give a JSON object with --config")
        }
    }
}

/// One value that the command line gives.
package enum StartFlag: Hashable, Sendable {
    case text(String)
    case texts([String])
    case number(Int)
    case flag(Bool)

    fileprivate var value: ConfigValue {
        switch self {
        case .text(let text): ConfigValue(.string(text), isSecret: false)
        case .texts(let texts): ConfigValue(.stringArray(texts), isSecret: false)
        case .number(let number): ConfigValue(.int(number), isSecret: false)
        case .flag(let flag): ConfigValue(.bool(flag), isSecret: false)
        }
    }
}

/// Reads values, and tells a wrong one instead of passing it over.
private struct SettingsReader {
    let reader: ConfigReader

    func text(_ key: String) async throws -> String? {
        do {
            return try await reader.fetchString(forKey: ConfigKey([key]))
        } catch {
            throw unreadable(key, "a text")
        }
    }

    func texts(_ key: String) async throws -> [String]? {
        do {
            return try await reader.fetchStringArray(forKey: ConfigKey([key]))
        } catch {
            throw unreadable(key, "a list of texts")
        }
    }

    func number(_ key: String, in range: ClosedRange<Int>) async throws -> Int? {
        let number: Int?
        do {
            number = try await reader.fetchInt(forKey: ConfigKey([key]))
        } catch {
            throw unreadable(key, "a whole number")
        }
        if let number, !range.contains(number) {
            throw CommandFailure("\(key) is \(number); it must be \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func flag(_ key: String) async throws -> Bool? {
        do {
            return try await reader.fetchBool(forKey: ConfigKey([key]))
        } catch {
            throw unreadable(key, "true or false")
        }
    }

    private func unreadable(_ key: String, _ kind: String) -> CommandFailure {
        CommandFailure("\(key) cannot be read as \(kind); correct it in the environment or in the --config file")
    }
}
