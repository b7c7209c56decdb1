import Crypto
import FoundationEssentials
import ShardStore

/// What stays of deleted users: a keyed hash of the name, so that nobody can tell which names are in it without the key.
final class Tombstones {
    private let key: SymmetricKey
    private let insert: Statement
    private let generation: Statement
    private let byUID: Statement
    /// Whether there is any; spares the hashing while nobody was ever deleted.
    private var any: Bool

    init(_ connection: Connection, key: [UInt8]) throws {
        self.key = SymmetricKey(data: key)
        insert = try connection.prepare("INSERT INTO tombstones VALUES(?1, ?2, ?3, ?4)")
        generation = try connection.prepare("SELECT max(generation) FROM tombstones WHERE hash = ?1")
        byUID = try connection.prepare("SELECT uid FROM tombstones WHERE hash = ?1 ORDER BY uid")
        any = try connection.number("SELECT EXISTS(SELECT 1 FROM tombstones)") == 1
    }

    private func hash(_ name: ScreenName) -> [UInt8] {
        [UInt8](HMAC<SHA256>.authenticationCode(for: Data(name.folded.utf8), using: key))
    }

    func add(_ name: ScreenName, uid: Int64, generation: Int64, at: Timestamp) throws {
        insert.bind(1, hash(name))
        insert.bind(2, uid)
        insert.bind(3, generation)
        insert.bind(4, at.milliseconds)
        try insert.run()
        any = true
    }

    /// The generation of the last deleted user of that name; 0 if there was none.
    func generation(of name: ScreenName) throws -> Int64 {
        guard any else { return 0 }
        generation.bind(1, hash(name))
        guard try generation.next() else { return 0 }
        defer { generation.reset() }
        return generation.int(0)
    }

    /// The deleted users that had that name.
    func deleted(_ name: ScreenName) throws -> [Int64] {
        guard any else { return [] }
        byUID.bind(1, hash(name))
        var uids: [Int64] = []
        while try byUID.next() { uids.append(byUID.int(0)) }
        return uids
    }
}
