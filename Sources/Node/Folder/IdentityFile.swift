import HashRing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `node.json`: who lives in this folder, and where the node was reached when it last started.
///
/// The identity is minted with the folder and kept here and in `node.db`; when the two differ, the folder was put together from
/// two nodes and the node refuses to start: a voter that forgot its vote must never vote again.
struct IdentityFile: Codable, Hashable, Sendable {
    /// The folder's layout; raised when an older program could not read it.
    var version = 1
    /// 32 hex digits.
    var node: String
    /// The cluster's id.
    var cluster: String
    /// For people.
    var name: String
    /// `HOST:PORT`, as last started.
    var http: String
    /// `HOST:PORT`, as last started.
    var peer: String
    /// Chosen when the cluster was founded.
    var shards: Int
    /// Whether clients speak plain HTTP to it.
    var insecureHTTP = false
    /// How often it was started: what it seals is told apart by it. Absent in folders of earlier versions.
    var starts: UInt64?

    /// Reads the file; `nil` when there is none.
    static func read(_ path: String) throws(StartError) -> IdentityFile? {
        guard let bytes = try PrivateFile.read(path) else { return nil }
        do {
            let identity = try JSONDecoder().decode(IdentityFile.self, from: Data(bytes))
            guard identity.version == 1 else {
                throw StartError(
                    "\(path) was written by a newer dmcheck (layout \(identity.version))",
                    remedy: "start that version, or a newer one"
                )
            }
            return identity
        } catch let error as StartError {
            throw error
        } catch {
            throw StartError(
                "\(path) is damaged", remedy: "restore it from a backup of this folder; never make one by hand")
        }
    }

    /// Replaces the file.
    func write(to path: String) throws(StartError) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let bytes: Data
        do {
            bytes = try encoder.encode(self)
        } catch {
            throw StartError("cannot encode \(path)", remedy: "report this: it is a bug")
        }
        try PrivateFile.write(bytes + [0x0A], to: path)
    }
}
