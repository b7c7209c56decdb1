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
    func make() throws(StartError) {
        try PrivateFile.makeFolder(path)
        try PrivateFile.makeFolder(shards)
        try PrivateFile.makeFolder(certificates)
        try PrivateFile.makeFolder(transfers)
    }

    /// The folder of a relative path is resolved once, so that a later change of directory changes nothing.
    init(path: String) {
        var path = path
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }
}
