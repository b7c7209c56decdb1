import Coordinator
import HashRing
import ShardStore

/// The layout of a data folder. Everything in it is private to the node.
struct DataFolder: Sendable {
    let path: String

    var identity: String { path + "/node.json" }
    var log: String { path + "/node.db" }
    var certificates: String { path + "/certs" }
    var operatorToken: String { path + "/operator.token" }
    var processNumber: String { path + "/dmcheck.pid" }
    var shards: String { path + "/shards" }

    /// The file of a shard's replica: `shards/NNNN-GENERATION.db`.
    func shard(_ shard: ShardID, generation: UInt64) -> String {
        "\(shards)/\(ShardFolder.name(shard: shard.rawValue, generation: generation))"
    }

    /// Where snapshots lie on their way to other nodes and from them.
    var transfers: String { path + "/transfers" }

    /// A snapshot on its way out.
    func outgoing(_ transfer: TransferID) -> String { "\(transfers)/out-\(transfer.rawValue).db" }

    /// Makes the folder and those in it, if they are not there.
    ///
    /// - Throws: when the path is of something else; that is left as it is.
    func make() throws(StartError) {
        try refuseForeign()
        try PrivateFile.makeFolder(path)
        try PrivateFile.makeFolder(shards)
        try PrivateFile.makeFolder(certificates)
        try PrivateFile.makeFolder(transfers)
    }

    /// What a node writes at the top of its folder, and what a file system of its own has there.
    private static let names: Set = [
        "certs", "dmcheck.pid", "lost+found", "operator.token", "operator.token.new", "shards", "transfers",
    ]

    /// A mistyped `--data` founds no cluster among somebody's files: only an empty folder becomes a node's.
    private func refuseForeign() throws(StartError) {
        guard let isFolder = try PrivateFile.isFolder(path) else { return }
        guard isFolder else {
            throw StartError("\(path) is no folder", remedy: "give --data the node's folder, or one that is empty")
        }
        let found = PrivateFile.names(in: path)
        if found.contains("node.json") || found.contains("node.db") { return }
        guard let foreign = found.first(where: { !Self.names.contains($0) && !$0.hasPrefix("node.") }) else { return }
        throw StartError(
            "\(path) is no node's folder, and not empty: it holds \(foreign)",
            remedy: "give --data the node's folder, or one that is empty")
    }

    /// The folder of a relative path is resolved once, so that a later change of directory changes nothing.
    init(path: String) {
        var path = path
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }
}
