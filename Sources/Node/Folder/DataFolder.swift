import HashRing

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
    func shard(_ shard: ShardID, generation: Int) -> String {
        let number = String(shard.rawValue)
        return "\(shards)/\(String(repeating: "0", count: max(0, 4 - number.count)))\(number)-\(generation).db"
    }

    /// Makes the folder and those in it, if they are not there.
    func make() throws(StartError) {
        try PrivateFile.makeFolder(path)
        try PrivateFile.makeFolder(shards)
        try PrivateFile.makeFolder(certificates)
    }

    /// The folder of a relative path is resolved once, so that a later change of directory changes nothing.
    init(path: String) {
        var path = path
        while path.count > 1 && path.hasSuffix("/") { path.removeLast() }
        self.path = path
    }
}
