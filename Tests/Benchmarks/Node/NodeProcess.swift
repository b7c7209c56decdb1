import Foundation

/// A real node, as an operator starts it, on a folder of its own.
struct NodeProcess {
    enum Failure: Error, CustomStringConvertible {
        case ended(log: String)
        case notReady(seconds: Int, log: String)

        var description: String {
            switch self {
            case .ended(let log): "the node ended; its log: \(log)"
            case .notReady(let seconds, let log): "the node is not ready after \(seconds) s; its log: \(log)"
            }
        }
    }

    let name: String
    let folder: String
    let port: Int
    private let process: ChildProcess

    var identifier: Int32 { process.identifier }
    var isRunning: Bool { process.isRunning }
    var authority: String { "\(folder)/data/certs/ca.pem" }

    static func log(in folder: String) -> String { "\(folder)/log" }

    /// Starts the program; that it is ready is not waited for. The process's number is left in `pid` for whoever cleans up.
    ///
    /// - Parameter joining: what it is told about the cluster that it is to join; without, it founds one or goes on.
    init(program: String, name: String = "n1", folder: String, port: Int, joining: [String] = []) throws {
        self.name = name
        self.folder = folder
        self.port = port
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let arguments = [
            "start", "--name", name, "--data", "\(folder)/data", "--http", "127.0.0.1:\(port)",
            "--peer", "127.0.0.1:\(port + 1)",
        ]
        process = try ChildProcess(program, arguments + joining, output: Self.log(in: folder))
        try Data("\(process.identifier)\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/pid"))
    }

    /// The operator's token that the founding node left.
    func token() throws -> String {
        let text = try String(contentsOfFile: "\(folder)/data/operator.token", encoding: .utf8)
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// SIGTERM, SIGSTOP, SIGCONT: without waiting for what comes of it.
    func signal(_ number: Int32) { process.signal(number) }

    /// Kills it and waits until it has ended.
    func kill() {
        process.signal(SIGKILL)
        process.wait()
    }

    /// Asks it to end and waits until it has; answers whether it did so in time.
    func stop() -> Bool {
        process.end(within: .seconds(Limits.stopSeconds))
    }

    func figures() -> ProcessFigures {
        ProcessFigures(of: identifier)
    }

    /// The sizes of all files in the data folder, by whether they belong to a shard, in bytes.
    func diskBytes() -> (shards: Int, rest: Int) {
        var shards = 0
        var rest = 0
        let data = "\(folder)/data"
        for case let path as String in FileManager.default.enumerator(atPath: data) ?? .init() {
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(data)/\(path)")
            guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            let size = attributes[.size] as? Int ?? 0
            if path.hasPrefix("shards/") { shards += size } else { rest += size }
        }
        return (shards, rest)
    }
}
