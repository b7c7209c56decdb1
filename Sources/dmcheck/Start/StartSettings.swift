import Configuration

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
    package static let replicaCounts = 1...9

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
    }

    private static func provider(_ file: String) async throws -> any ConfigProvider {
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
