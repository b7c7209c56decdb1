/// Why a folder's shards are not recovered. Nothing was changed. The description says what to do about it.
public enum RecoveryError: Error, Hashable, Sendable {
    /// There is no node in that folder.
    case noNode(folder: String)
    /// The node that lived there never learned what the cluster is.
    case noRegistry(folder: String)
    /// Nobody of that name is a member, or it is this node itself.
    case unknownNode(name: String)
    /// Others that are not gone have a say in the group as well: two recoveries of one group would be two groups.
    case severalSurvivors(group: String, nodes: [String])
    /// No replica with anything in it is left of these shards.
    case nothingLeft(shards: [String])
    /// The log holds what this program cannot read.
    case damaged(file: String)
}

extension RecoveryError: CustomStringConvertible {
    /// What is wrong, and what to do.
    public var description: String {
        switch self {
        case .noNode(let folder): "\(folder) is no node's data folder: name one with --data"
        case .noRegistry(let folder):
            "the node in \(folder) had not finished joining: recover on another one, or restore a backup"
        case .unknownNode(let name): "no other member is called \(name): dmcheck node list says who is one"
        case .severalSurvivors(let group, let nodes):
            "\(group) is also on \(nodes.joined(separator: ", ")) and has no majority: recover on the one that is furthest "
                + "ahead, name all others with --gone, and let those start anew with empty folders"
        case .nothingLeft(let shards):
            "no replica is left of shard \(shards.joined(separator: ", ")): recover on a node that has one, or restore a backup"
        case .damaged(let file): "\(file) holds what cannot be read: use the version that wrote it, or restore a backup"
        }
    }
}
